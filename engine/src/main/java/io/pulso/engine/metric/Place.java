package io.pulso.engine.metric;

import org.jspecify.annotations.Nullable;

/// Which period and part something was counted for.
///
/// @param first the first day of the period
/// @param part a value that the metric is broken down by; null for those without one, and where it
///   is not broken down
public record Place(int first, @Nullable String part) {}
