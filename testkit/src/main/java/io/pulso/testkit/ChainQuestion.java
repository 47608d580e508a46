package io.pulso.testkit;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question to an engine: what customers did before or after, by period and part.
///
/// @param by what the parts are told by; null for one part
/// @param today the day that is not over yet
public record ChainQuestion(
    Measure.Chain chain, Every every, List<Period> periods, @Nullable Path by, int today) {
  public ChainQuestion {
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
