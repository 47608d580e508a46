package io.pulso.server.metric;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.server.store.CountedDays;
import io.pulso.server.store.View;
import java.time.DayOfWeek;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What was counted on single days where longer periods are their sums, so that each day is read
/// once for the period, the one before and the series. Days that are over are kept until something
/// is stored that changes them. May be used by several threads.
final class DayCells {
  private static final int MOST_MEASURES = 400;

  private final DayCache<Measure.Leaf, Cell> kept = new DayCache<>(MOST_MEASURES);

  /// Whether a period comes to the sum of its days.
  static boolean isSum(Measure.Leaf leaf) {
    return switch (leaf) {
      case Measure.Events _, Measure.Machines _, Measure.Total _ -> true;
      case Measure.Customers _,
          Measure.Distinct _,
          Measure.Numbers _,
          Measure.Unique _,
          Measure.Repeaters _ ->
          false;
    };
  }

  /// Counts by period.
  ///
  /// @param periods in order, each beginning on the day after the one before
  /// @param known what was counted by day in this state of the store; what is counted is added
  Map<Place, Cell> count(
      View view, Measure.Leaf leaf, List<Period> periods, Map<Integer, Cell> known) {
    int first = periods.getFirst().first();
    int last = periods.getLast().last();
    CountedDays counted = view.counts().days();
    recall(leaf, counted, first, last, known);
    while (first <= last && known.containsKey(first)) {
      first++;
    }
    while (last > first && known.containsKey(last)) {
      last--;
    }
    if (first <= last) {
      List<Period> days = Every.DAY.periods(first, last, DayOfWeek.MONDAY);
      Map<Place, Cell> found = view.facts().count(leaf, Every.DAY, days, null);
      for (int day = first; day <= last; day++) {
        Cell cell = found.getOrDefault(new Place(day, null), Cell.NONE);
        known.put(day, cell);
        kept.put(leaf, counted, day, cell);
      }
    }
    Map<Place, Cell> sums = new HashMap<>();
    for (Period period : periods) {
      sums.put(new Place(period.first(), null), sum(period, known));
    }
    return sums;
  }

  private static Cell sum(Period period, Map<Integer, Cell> days) {
    return Cell.sum(
        IntStream.rangeClosed(period.first(), period.last())
            .mapToObj(day -> days.getOrDefault(day, Cell.NONE))
            .toList());
  }

  private void recall(
      Measure.Leaf leaf, CountedDays counted, int first, int last, Map<Integer, Cell> known) {
    for (int day = first; day <= last; day++) {
      Cell one = kept.get(leaf, counted, day);
      if (one != null) {
        known.putIfAbsent(day, one);
      }
    }
  }
}
