package io.pulso.engine.journey;

import org.jspecify.annotations.Nullable;

/// How far somebody got in a funnel.
///
/// @param times when each step was taken that was taken, in microseconds
/// @param part what the funnel is broken down by, as of the first step; null for nothing
/// @param closed whether the window has passed, so that no further step can come
@SuppressWarnings("ArrayRecordComponent") // made once for each of millions, and not changed
public record Attempt(long[] times, @Nullable String part, boolean closed) {
  /// How many steps were taken.
  public int reached() {
    return times.length;
  }
}
