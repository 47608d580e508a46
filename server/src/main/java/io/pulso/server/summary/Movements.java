package io.pulso.server.summary;

import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Explanation;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Movers;
import io.pulso.server.score.Explaining;
import io.pulso.server.score.InUse;
import io.pulso.server.store.Ownership;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Finds who moved between completed days, and why.
final class Movements {
  private static final int MOVERS = 10;
  private static final int CROSSED = 30;

  /// How many of one owner's are explained each way.
  private static final int OWNED = 10;

  private static final int MOST = 2_000;

  private final View view;
  private final InUse use;
  private final Bands bands;
  private final Map<Integer, BitSet> owned = new HashMap<>();

  Movements(View view, InUse use, Ownership ownership) {
    this.view = view;
    this.use = use;
    this.bands = Bands.of(use.model());
    ownership.owned().values().forEach(all -> owned.put(owned.size(), all));
  }

  /// The movement between two days.
  ///
  /// @param earlier scores of the earlier day by number
  /// @param later those of the later one
  /// @param crossings whether to name those who crossed a band
  Movement between(int from, long[] earlier, int to, long[] later, boolean crossings) {
    int span = Math.max(earlier.length, later.length);
    long[] before = padded(earlier, span);
    long[] after = padded(later, span);
    int[][] matrix = new int[bands.size()][bands.size()];
    int[] counts = new int[4];
    List<Movers.Mover> crossed = new ArrayList<>();
    for (int subject = 0; subject < span; subject++) {
      long was = before[subject];
      long is = after[subject];
      if (Kernel.isScore(was) && Kernel.isScore(is)) {
        int row = bands.index(was);
        int column = bands.index(is);
        matrix[row][column]++;
        counts[2] += is > was ? 1 : 0;
        counts[3] += is < was ? 1 : 0;
        if (crossings && row != column) {
          crossed.add(new Movers.Mover(subject, was, is));
        }
      } else {
        counts[0] += Kernel.isScore(is) ? 1 : 0;
        counts[1] += Kernel.isScore(was) ? 1 : 0;
      }
    }
    Movers most = Movers.of(before, after, MOVERS);
    List<Movers.Mover> up = chosen(crossed, true);
    List<Movers.Mover> down = chosen(crossed, false);
    Map<Integer, Mover> told = explained(from, to, Stream.of(most.up(), most.down(), up, down));
    return new Movement(
        from,
        to,
        matrix,
        counts[0],
        counts[1],
        counts[2],
        counts[3],
        movers(most.up(), told),
        movers(most.down(), told),
        movers(up, told),
        movers(down, told));
  }

  private static long[] padded(long[] scores, int span) {
    long[] found = Arrays.copyOf(scores, span);
    Arrays.fill(found, scores.length, span, Kernel.NONE);
    return found;
  }

  private static List<Mover> movers(List<Movers.Mover> of, Map<Integer, Mover> told) {
    return of.stream().map(Movers.Mover::subject).map(told::get).filter(m -> m != null).toList();
  }

  /// Those whose change is greatest: of everybody, and of each owner's.
  private List<Movers.Mover> chosen(List<Movers.Mover> crossed, boolean up) {
    List<Movers.Mover> way =
        crossed.stream()
            .filter(mover -> mover.change() > 0 == up)
            .sorted(
                Comparator.comparingLong((Movers.Mover mover) -> -Math.abs(mover.change()))
                    .thenComparingInt(Movers.Mover::subject))
            .toList();
    Set<Movers.Mover> found = new LinkedHashSet<>(way.subList(0, Math.min(CROSSED, way.size())));
    for (BitSet of : owned.values()) {
      if (found.size() < MOST) {
        way.stream().filter(mover -> of.get(mover.subject())).limit(OWNED).forEach(found::add);
      }
    }
    return found.stream()
        .sorted(Comparator.comparingLong(mover -> -Math.abs(mover.change())))
        .toList();
  }

  private Map<Integer, Mover> explained(int from, int to, Stream<List<Movers.Mover>> all) {
    Map<Integer, Movers.Mover> movers = new TreeMap<>();
    all.forEach(some -> some.forEach(mover -> movers.put(mover.subject(), mover)));
    int[] numbers = movers.keySet().stream().mapToInt(number -> number).toArray();
    Map<Integer, String> names = view.names(use.model().subject(), numbers, to);
    List<Explanation> why = new Explaining(view).between(use, numbers, from, to);
    Map<Integer, Mover> told = new HashMap<>();
    for (int i = 0; i < numbers.length; i++) {
      int number = numbers[i];
      Movers.Mover mover = Objects.requireNonNull(movers.get(number));
      told.put(
          number,
          new Mover(
              number,
              view.id(use.model().subject(), number),
              names.get(number),
              mover.before(),
              mover.after(),
              bands.index(mover.before()),
              bands.index(mover.after()),
              why.get(i)));
    }
    return told;
  }
}
