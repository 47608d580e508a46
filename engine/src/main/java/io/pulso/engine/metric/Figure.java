package io.pulso.engine.metric;

import org.jspecify.annotations.Nullable;

/// The value of a metric for one period and part.
///
/// @param value null where it has none: nothing to divide by, or too few answers
/// @param n what it rests on: how many were counted, answered or stand below the line
/// @param interval null where none is told
public record Figure(@Nullable Double value, long n, @Nullable Interval interval) {
  public static final Figure NONE = new Figure(null, 0, null);
}
