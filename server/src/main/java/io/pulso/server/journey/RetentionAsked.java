package io.pulso.server.journey;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.server.event.InputException;
import java.time.DayOfWeek;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody wants to know of those who come back.
///
/// @param begin what somebody does first; null for any active event
/// @param back what counts as being there; null for any active event
/// @param rolling whether being there later counts too
/// @param today the local day that is not over yet
public record RetentionAsked(
    Model.Subject per,
    Select.Who who,
    @Nullable Expression begin,
    @Nullable Expression back,
    Every every,
    Period period,
    boolean rolling,
    DayOfWeek weekStart,
    int today) {
  /// More are not told.
  public static final int MOST_PERIODS = 62;

  /// The periods that are told.
  public List<Period> periods() {
    return periods(every, period, weekStart);
  }

  static List<Period> periods(Every every, Period period, DayOfWeek weekStart) {
    List<Period> periods = every.periods(period.first(), period.last(), weekStart);
    if (periods.size() > MOST_PERIODS) {
      throw new InputException(
          "that makes %,d periods; at most %d are told: choose longer ones or fewer days"
              .formatted(periods.size(), MOST_PERIODS));
    }
    return periods;
  }

  /// The usual stretch of days: some periods up to yesterday.
  public static Period usual(Every every, int today) {
    int days =
        switch (every) {
          case DAY -> 14;
          case WEEK, WHOLE -> 12 * 7;
          case MONTH -> 345;
        };
    return new Period(today - days, today - 1);
  }
}
