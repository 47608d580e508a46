package io.pulso.testkit;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A question to an engine: how long things such as tickets lasted, or how many were open.
///
/// @param metric the id of a built-in metric; null for another measure
/// @param course how long things last, or how many are open
/// @param periods in order, each beginning on the day after the one before
/// @param by what things are broken down by; null for one part
/// @param among the customers whose things are meant; null for all things
/// @param today the local day that is not over yet; nothing lies after it
public record TicketQuestion(
    @Nullable String metric,
    Measure.Course course,
    List<Period> periods,
    @Nullable Path by,
    @Nullable Set<String> among,
    int today) {
  public TicketQuestion {
    periods = List.copyOf(periods);
    among = among == null ? null : Set.copyOf(among);
  }

  /// What happens to a thing.
  Measure.Span span() {
    return switch (course) {
      case Measure.Lasting(Measure.Span span, Measure.Tell tell) -> span;
      case Measure.Open(Measure.Span span) -> span;
      case Measure.Leaving _, Measure.Staying _, Measure.Reaching _, Measure.Awaiting _ ->
          throw new IllegalArgumentException("not about things: " + course);
    };
  }
}
