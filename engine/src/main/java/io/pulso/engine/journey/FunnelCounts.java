package io.pulso.engine.journey;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many got how far in a funnel.
///
/// @param reached how many whose window has passed took at least so many steps, from one on
/// @param waits how long each step took after the one before it, from the second on
/// @param whole how long all steps took
/// @param open how many began whose window has not passed
public record FunnelCounts(List<Long> reached, List<Wait> waits, Wait whole, long open) {
  public FunnelCounts {
    reached = List.copyOf(reached);
    waits = List.copyOf(waits);
  }

  /// How many began whose window has passed.
  public long entered() {
    return reached.getFirst();
  }

  /// How many of them took all steps.
  public long converted() {
    return reached.getLast();
  }

  /// How long it took, in seconds.
  ///
  /// @param median within which half of all had come so far, with those who had not yet; null where
  ///   fewer did within the window
  /// @param p90 as the median, of nine in ten
  /// @param medianOfFinished of those alone who came so far; null for nobody
  /// @param finished how many these are
  public record Wait(
      @Nullable Double median,
      @Nullable Double p90,
      @Nullable Double medianOfFinished,
      long finished) {}
}
