package io.pulso.testkit;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Draws;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question to an engine: what each of those that are drawn for an interval adds, by period and
/// part.
///
/// @param by what the parts are told by; null for one part
public record DrawnQuestion(Draws draws, Every every, List<Period> periods, @Nullable Path by) {
  public DrawnQuestion {
    periods = List.copyOf(periods);
  }
}
