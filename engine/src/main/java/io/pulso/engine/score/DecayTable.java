package io.pulso.engine.score;

import io.pulso.engine.model.Decay;
import java.util.Arrays;

/// What a unit is still worth by its age in days, in parts per million.
public final class DecayTable {
  /// The worth of a unit that has lost nothing.
  public static final int FULL = Decay.WHOLE;

  private DecayTable() {}

  /// The factors for the ages 0 to `window` − 1.
  public static int[] factors(Decay decay, int window) {
    int[] factors = new int[window];
    Arrays.setAll(factors, decay::factor);
    return factors;
  }
}
