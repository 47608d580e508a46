package io.pulso.engine.metric;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/// How a stretch of days is cut into periods.
public enum Every {
  WHOLE,
  DAY,
  WEEK,
  MONTH;

  /// The periods that a stretch of days touches, in order; each whole, also beyond its ends.
  ///
  /// @param first days since 1970-01-01, as the last one, which is included
  /// @param weekStart the day on which weeks begin
  public List<Period> periods(int first, int last, DayOfWeek weekStart) {
    if (this == WHOLE) {
      return List.of(new Period(first, last));
    }
    List<Period> periods = new ArrayList<>();
    for (int start = start(first, weekStart); start <= last; start = next(start)) {
      periods.add(new Period(start, next(start) - 1));
    }
    return periods;
  }

  private int start(int day, DayOfWeek weekStart) {
    LocalDate date = LocalDate.ofEpochDay(day);
    return switch (this) {
      case WHOLE, DAY -> day;
      case WEEK -> (int) date.with(TemporalAdjusters.previousOrSame(weekStart)).toEpochDay();
      case MONTH -> (int) date.withDayOfMonth(1).toEpochDay();
    };
  }

  private int next(int start) {
    return switch (this) {
      case WHOLE, DAY -> start + 1;
      case WEEK -> start + 7;
      case MONTH -> (int) LocalDate.ofEpochDay(start).plusMonths(1).toEpochDay();
    };
  }
}
