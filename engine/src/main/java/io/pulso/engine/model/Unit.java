package io.pulso.engine.model;

import io.pulso.engine.expr.Path;

/// What an activity counts.
public sealed interface Unit {
  /// One a match.
  record Occurrences() implements Unit {}

  /// The number found at a place: minutes, euros.
  record Numeric(Path path) implements Unit {}

  /// The different values found at a place on one day.
  record Distinct(Path path) implements Unit {}
}
