package io.pulso.server.metric;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// What was counted for the metrics of one page, which have much in common. Used by one thread, in
/// one state of the store.
public final class Counted {
  private final Map<List<Object>, Map<Place, Cell>> found = new HashMap<>();
  private final Map<Measure.Leaf, Map<Integer, Cell>> days = new HashMap<>();

  Map<Place, Cell> get(List<Object> question, Supplier<Map<Place, Cell>> count) {
    Map<Place, Cell> have = found.get(question);
    if (have == null) {
      have = count.get();
      found.put(question, have);
    }
    return have;
  }

  /// What periods come to that are the sums of their days.
  ///
  /// @param days the whole time that is asked for, so that each day is found once
  /// @param count finds what some days come to
  Map<Place, Cell> sums(
      Measure of,
      List<Period> periods,
      List<Period> days,
      Function<List<Period>, Map<Place, Cell>> count) {
    Map<Place, Cell> found =
        get(List.of(of, Every.DAY, days, Optional.empty()), () -> count.apply(days));
    Map<Place, Cell> cells = new HashMap<>();
    for (Period period : periods) {
      cells.put(
          new Place(period.first(), null),
          Cell.sum(
              IntStream.rangeClosed(period.first(), period.last())
                  .mapToObj(day -> found.getOrDefault(new Place(day, null), Cell.NONE))
                  .toList()));
    }
    return cells;
  }

  /// What was counted by day, to be added to.
  Map<Integer, Cell> days(Measure.Leaf leaf) {
    return days.computeIfAbsent(leaf, ignored -> new HashMap<>());
  }
}
