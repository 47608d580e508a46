package io.pulso.engine.metric;

import io.pulso.engine.expr.Path;
import io.pulso.engine.model.Texts;
import org.jspecify.annotations.Nullable;

/// A figure that is defined once and asked everywhere.
///
/// @param id such as `purchases.gross`
/// @param definition what it is, in a sentence
/// @param resample the place whose values, such as posts, are drawn again and again for its
///   interval; null where customers are
public record Metric(
    String id,
    Texts title,
    Texts definition,
    Kind kind,
    Direction direction,
    Measure measure,
    @Nullable Range range,
    @Nullable Path resample) {
  /// The same with another measure.
  public Metric with(Measure other) {
    return new Metric(id, title, definition, kind, direction, other, range, resample);
  }

  /// The same with something else that is usual for it.
  public Metric with(Range usual) {
    return new Metric(id, title, definition, kind, direction, measure, usual, resample);
  }

  /// What its value is a number of.
  public enum Kind {
    /// Events and other things that are counted.
    COUNT,
    CUSTOMERS,
    /// 58.333 for 7 of 12.
    PERCENT,
    NUMBER,
    /// Answers on a scale.
    SCORE,
    /// From -100 to 100.
    NPS,
    /// In the currency that events give, which is not converted.
    MONEY,
    SECONDS
  }

  /// Which way is good.
  public enum Direction {
    UP,
    DOWN,
    NEITHER
  }

  /// What is usual for it, in its own unit.
  public record Range(double from, double to) {}
}
