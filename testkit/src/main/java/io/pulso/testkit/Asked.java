package io.pulso.testkit;

import io.pulso.engine.model.Model;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A question to an engine: the scores of a day under a model.
///
/// @param knownAt only records received by then are used; null for all of them
/// @param all whether anonymous visitors are scored too
public record Asked(Model model, LocalDate asOf, @Nullable Instant knownAt, boolean all) {
  /// What is true now, of identified customers or of accounts.
  public static Asked of(Model model, String asOf) {
    return new Asked(model, LocalDate.parse(asOf), null, false);
  }

  public Asked knownAt(String instant) {
    return new Asked(model, asOf, Instant.parse(instant), all);
  }

  public Asked everybody() {
    return new Asked(model, asOf, knownAt, true);
  }
}
