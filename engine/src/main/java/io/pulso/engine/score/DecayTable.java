package io.pulso.engine.score;

import io.pulso.engine.model.Decay;
import java.util.Arrays;

/// What a unit is still worth by its age in days, in parts per million.
public final class DecayTable {
  /// The worth of a unit that has lost nothing.
  public static final int FULL = 1_000_000;

  private DecayTable() {}

  /// The factors for the ages 0 to `window` − 1.
  public static int[] factors(Decay decay, int window) {
    int[] factors = new int[window];
    Arrays.setAll(factors, age -> factor(decay, age));
    return factors;
  }

  private static int factor(Decay decay, int age) {
    return switch (decay) {
      case Decay.None _ -> FULL;
      case Decay.HalfLife(int days) ->
          (int) Math.floor(1e6 * StrictMath.pow(2, -(double) age / days) + 0.5);
      case Decay.Linear(int days) -> age >= days ? 0 : linear(age, days);
    };
  }

  private static int linear(long age, long days) {
    return Math.toIntExact((2L * FULL * (days - age) + days) / (2 * days));
  }
}
