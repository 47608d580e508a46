package io.pulso.engine.model;

/// How the worth of a unit shrinks with its age in days.
public sealed interface Decay {
  record None() implements Decay {
    @Override
    public int factor(int age) {
      return WHOLE;
    }
  }

  /// Half the worth every `days` days.
  record HalfLife(int days) implements Decay {
    @Override
    public int factor(int age) {
      return (int) Math.floor(WHOLE * StrictMath.pow(2, -(double) age / days) + 0.5);
    }
  }

  /// Falls in a straight line to nothing at `days` days.
  record Linear(int days) implements Decay {
    @Override
    public int factor(int age) {
      long left = Math.max(0, days - age);
      return Math.toIntExact(left == 0 ? 0 : (2L * WHOLE * left + days) / (2L * days));
    }
  }

  /// The factor that takes nothing away.
  int WHOLE = 1_000_000;

  /// What is left of a unit's worth at an age in days, in parts per million.
  int factor(int age);
}
