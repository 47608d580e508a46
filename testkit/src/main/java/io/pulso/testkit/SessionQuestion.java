package io.pulso.testkit;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.SessionFact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question to an engine: what was counted in sessions, by period and part.
///
/// @param by what the parts are told by; null for one part
public record SessionQuestion(
    SessionFact fact, Select.Who who, Every every, List<Period> periods, @Nullable Path by) {
  public SessionQuestion {
    periods = List.copyOf(periods);
  }

  /// The period of a day, if there is one.
  @Nullable Period period(int day) {
    return periods.stream()
        .filter(period -> period.first() <= day && day <= period.last())
        .findFirst()
        .orElse(null);
  }
}
