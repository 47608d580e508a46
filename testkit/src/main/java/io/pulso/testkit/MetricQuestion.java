package io.pulso.testkit;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question to an engine: what was counted, by period and part.
///
/// @param by what the parts are told by; null for one part
public record MetricQuestion(
    Measure.Leaf leaf, Every every, List<Period> periods, @Nullable Path by) {
  public MetricQuestion {
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
