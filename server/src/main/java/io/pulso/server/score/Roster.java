package io.pulso.server.score;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Standing;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Kernel;
import io.pulso.server.store.Population;
import io.pulso.server.store.Standings;
import io.pulso.server.store.View;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everybody on a day, in columns, sorted by id as UTF-8 bytes: what lists are made of.
public final class Roster implements Crowd {
  private static final int MOST_ANSWERS = 40;
  private static final int MOST_COLUMNS = 8;

  private final Model.Subject kind;
  private final @Nullable InUse use;
  private final int day;
  private final int[] numbers;
  private final String[] ids;
  private final long[] scores;
  private final boolean[] identified;
  private final boolean[] objected;
  private final boolean[] inactive;
  private final boolean[] ramping;
  private final int[] firstDays;
  private final int[] lastDays;
  private final ConcurrentHashMap<Sort, int[]> orders = new ConcurrentHashMap<>();
  private final Map<Condition, BitSet> answers = newest(MOST_ANSWERS);
  private final Map<Standing, int[]> columns = newest(MOST_COLUMNS);
  private long answered;

  /// What a list is sorted by; ties go by id, upwards.
  public enum Sort {
    ID("id"),
    SCORE("score"),
    SCORE_DOWN("-score"),
    LAST_SEEN("last_seen"),
    LAST_SEEN_DOWN("-last_seen"),
    FIRST_SEEN("first_seen"),
    FIRST_SEEN_DOWN("-first_seen");

    private final String word;

    Sort(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    /// The one of a word.
    public static Sort of(String word) {
      for (Sort sort : values()) {
        if (sort.word.equals(word)) {
          return sort;
        }
      }
      throw new IllegalArgumentException(word);
    }
  }

  /// Gives the scores of everybody on a day, by the subject's number.
  public interface Everybody {
    /// Gives them; the state of knowledge is the present one.
    long[] scores(View view, InUse use, int day, int span);
  }

  /// Reads everybody.
  ///
  /// @param use null where no model scores them
  /// @param all anonymous visitors too
  static Roster of(
      View view,
      Model.Subject kind,
      @Nullable InUse use,
      int day,
      boolean all,
      Everybody everybody) {
    return new Roster(view, kind, use, day, all, everybody);
  }

  private Roster(
      View view,
      Model.Subject kind,
      @Nullable InUse use,
      int day,
      boolean all,
      Everybody everybody) {
    this.kind = kind;
    this.use = use;
    this.day = day;
    Population population = view.population(kind);
    int span = population.span();
    long[] byNumber = use == null ? new long[0] : everybody.scores(view, use, day, span);
    int[] rows =
        use == null
            ? existing(population, day, all)
            : listed(population, new Scoring.Membership(view, use.model(), day, all));
    BitSet objections = view.objected(kind);
    BitSet active =
        use == null ? new BitSet() : view.active(use.model(), day - use.model().window() + 1, day);
    int[] last = view.standings(kind).lastDays(span, day);
    int size = rows.length;
    numbers = new int[size];
    ids = new String[size];
    scores = new long[size];
    identified = new boolean[size];
    objected = new boolean[size];
    inactive = new boolean[size];
    ramping = new boolean[size];
    firstDays = new int[size];
    lastDays = new int[size];
    for (int i = 0; i < size; i++) {
      int row = rows[i];
      int number = population.numbers()[row];
      numbers[i] = number;
      ids[i] = population.ids()[row];
      identified[i] = population.identified()[row];
      firstDays[i] = population.firstDay()[row];
      lastDays[i] = last[number];
      objected[i] = objections.get(number);
      scores[i] = use == null || objected[i] ? Kernel.UNAVAILABLE : byNumber[number];
      inactive[i] = use != null && !active.get(number);
      ramping[i] = use != null && firstDays[i] > day - use.model().window();
    }
  }

  private static int[] existing(Population population, int day, boolean all) {
    int[] rows = new int[population.size()];
    int n = 0;
    for (int row = 0; row < population.size(); row++) {
      if (population.firstDay()[row] <= day && (all || population.identified()[row])) {
        rows[n++] = row;
      }
    }
    return Arrays.copyOf(rows, n);
  }

  private static int[] listed(Population population, Scoring.Membership membership) {
    return java.util.stream.IntStream.range(0, population.size())
        .filter(row -> membership.isListed(population, row))
        .toArray();
  }

  @Override
  public Model.Subject kind() {
    return kind;
  }

  public @Nullable InUse use() {
    return use;
  }

  @Override
  public int day() {
    return day;
  }

  @Override
  public int size() {
    return ids.length;
  }

  @Override
  public int number(int row) {
    return numbers[row];
  }

  @Override
  public int span() {
    int greatest = -1;
    for (int number : numbers) {
      greatest = Math.max(greatest, number);
    }
    return greatest + 1;
  }

  public String id(int row) {
    return ids[row];
  }

  @Override
  public @Nullable Long score(int row) {
    return Kernel.isScore(scores[row]) ? (Long) scores[row] : null;
  }

  @Override
  public @Nullable Band band(int row) {
    return use == null || !Kernel.isScore(scores[row])
        ? null
        : Bands.of(use.model()).band(scores[row]);
  }

  @Override
  public boolean identified(int row) {
    return identified[row];
  }

  /// Whether it has no score because it objected to it.
  public boolean objected(int row) {
    return objected[row];
  }

  @Override
  public boolean inactive(int row) {
    return inactive[row];
  }

  @Override
  public boolean ramping(int row) {
    return ramping[row];
  }

  public int firstDay(int row) {
    return firstDays[row];
  }

  /// The last day of activity; null where there was none.
  public @Nullable Integer lastDay(int row) {
    return lastDays[row] == Standings.NEVER ? null : (Integer) lastDays[row];
  }

  /// A map that keeps those that were asked last.
  private static <K, V> Map<K, V> newest(int most) {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        });
  }

  /// Forgets answers that were found in another state of the store.
  synchronized void answersOf(long state) {
    if (answered != state) {
      answered = state;
      answers.clear();
      columns.clear();
    }
  }

  @Override
  public BitSet answer(Condition condition, Supplier<BitSet> find) {
    BitSet known = answers.get(condition);
    if (known == null) {
      known = find.get();
      answers.put(condition, known);
    }
    return (BitSet) known.clone();
  }

  @Override
  public int[] column(Standing standing, Supplier<int[]> find) {
    int[] known = columns.get(standing);
    if (known == null) {
      known = find.get();
      columns.put(standing, known);
    }
    return known;
  }

  /// The rows in an order.
  public int[] order(Sort sort) {
    return orders.computeIfAbsent(sort, this::sorted);
  }

  private int[] sorted(Sort sort) {
    int[] rows = new int[size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
    if (sort != Sort.ID) {
      long[] keys = new long[rows.length];
      for (int i = 0; i < rows.length; i++) {
        keys[i] = key(i, sort);
      }
      MergeSort.sort(rows, keys);
    }
    return rows;
  }

  /// What a row is sorted by. Those without a score or day come last, whichever way.
  public long key(int row, Sort sort) {
    return switch (sort) {
      case ID -> 0;
      case SCORE -> Kernel.isScore(scores[row]) ? scores[row] : Long.MAX_VALUE;
      case SCORE_DOWN -> Kernel.isScore(scores[row]) ? -scores[row] : Long.MAX_VALUE;
      case LAST_SEEN -> lastDays[row] == Standings.NEVER ? Long.MAX_VALUE : lastDays[row];
      case LAST_SEEN_DOWN -> lastDays[row] == Standings.NEVER ? Long.MAX_VALUE : -lastDays[row];
      case FIRST_SEEN -> firstDays[row];
      case FIRST_SEEN_DOWN -> -firstDays[row];
    };
  }

  /// The place in an order behind a key and an id, whether or not that row is still there.
  public int after(Sort sort, long key, String id) {
    int[] order = order(sort);
    byte[] wanted = id.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    int low = 0;
    int high = order.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      long at = key(order[middle], sort);
      int compared = at != key ? Long.compare(at, key) : compare(ids[order[middle]], wanted);
      if (compared <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int compare(String id, byte[] wanted) {
    return Arrays.compareUnsigned(id.getBytes(java.nio.charset.StandardCharsets.UTF_8), wanted);
  }
}
