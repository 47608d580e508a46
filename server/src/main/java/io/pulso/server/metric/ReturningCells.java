package io.pulso.server.metric;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.SessionFact;
import io.pulso.server.store.View;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// How many customers were active in periods, and how many of them before: those active in the days
/// of a period, without those whose first active day lies in it.
final class ReturningCells {
  private final View view;
  private final DayActives kept;

  /// All periods that are told of, which are read together.
  private final List<Period> all;

  private final Map<Select.Who, Reading> readings = new HashMap<>();

  /// @param first the day of the first counts
  @SuppressWarnings("ArrayRecordComponent") // a column of many days
  private record Reading(int first, Map<Integer, int[]> active, int firstFresh, int[] fresh) {
    long active(Period period) {
      return Objects.requireNonNull(active.get(period.days()))[period.last() - first];
    }

    long fresh(Period period) {
      long sum = 0;
      for (int day = period.first(); day <= period.last(); day++) {
        sum += fresh[day - firstFresh];
      }
      return sum;
    }
  }

  ReturningCells(View view, DayActives kept, List<Period> all) {
    this.view = view;
    this.kept = kept;
    this.all = List.copyOf(all);
  }

  /// Whether it is counted here.
  static boolean counts(Measure.Sessions sessions) {
    return sessions.fact() == SessionFact.ACTIVE || sessions.fact() == SessionFact.RETURNING;
  }

  /// Counts by period.
  Map<Place, Cell> count(Measure.Sessions sessions, List<Period> periods) {
    Reading reading = readings.computeIfAbsent(sessions.who(), this::read);
    Map<Place, Cell> cells = new HashMap<>();
    for (Period period : periods) {
      long n =
          sessions.fact() == SessionFact.ACTIVE
              ? reading.active(period)
              : reading.active(period) - reading.fresh(period);
      cells.put(new Place(period.first(), null), Cell.sum(n, BigDecimal.valueOf(n)));
    }
    return cells;
  }

  private Reading read(Select.Who who) {
    Set<Integer> windows = all.stream().map(Period::days).collect(Collectors.toSet());
    int first = all.stream().mapToInt(Period::last).min().orElseThrow();
    int last = all.stream().mapToInt(Period::last).max().orElseThrow();
    int firstFresh = all.stream().mapToInt(Period::first).min().orElseThrow();
    return new Reading(
        first,
        kept.read(view, who, windows, first, last),
        firstFresh,
        kept.fresh(view, who, firstFresh, last));
  }
}
