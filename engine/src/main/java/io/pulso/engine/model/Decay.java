package io.pulso.engine.model;

/// How the worth of a unit shrinks with its age in days.
public sealed interface Decay {
  record None() implements Decay {}

  /// Half the worth every `days` days.
  record HalfLife(int days) implements Decay {}

  /// Falls in a straight line to nothing at `days` days.
  record Linear(int days) implements Decay {}
}
