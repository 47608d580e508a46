package io.pulso.server.summary;

import io.pulso.engine.score.Explanation;
import io.pulso.server.score.Overview;
import org.jspecify.annotations.Nullable;

/// A subject whose score changed between two completed days, and why.
///
/// @param name its trait of that name
/// @param before milli-points
/// @param after milli-points
/// @param bandBefore the place of the band
/// @param bandAfter the place of the band
/// @param why lines that add up to the change
public record Mover(
    int number,
    String id,
    @Nullable String name,
    long before,
    long after,
    int bandBefore,
    int bandAfter,
    Explanation why) {
  public long change() {
    return after - before;
  }

  /// The activity that did most in the direction of the change; null where none did.
  public Overview.@Nullable Reason reason() {
    return Overview.Reason.of(why, change());
  }
}
