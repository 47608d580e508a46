package io.pulso.server.journey;

import io.pulso.engine.journey.FunnelCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of those who enter a funnel.
///
/// @param parts the greatest first, empty where it is not broken down
public record FunnelTold(FunnelAsked asked, FunnelCounts whole, List<Part> parts) {
  /// What becomes of some of them.
  ///
  /// @param part null for what says nothing of it
  public record Part(@Nullable String part, FunnelCounts counts) {}
}
