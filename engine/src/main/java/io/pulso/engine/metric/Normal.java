package io.pulso.engine.metric;

/// The normal distribution.
final class Normal {
  private static final double[] TERMS = {
    -1.26551223,
    1.00002368,
    0.37409196,
    0.09678418,
    -0.18628806,
    0.27886807,
    -1.13520398,
    1.48851587,
    -0.82215223,
    0.17087277
  };

  private Normal() {}

  /// How much of it lies so far from the middle or farther, either way; with a relative error below
  /// 1.2e-7 (a Chebyshev fit of the complementary error function).
  ///
  /// @param z in standard deviations, not negative
  static double beyond(double z) {
    double x = z / Math.sqrt(2);
    double t = 1 / (1 + 0.5 * x);
    double sum = 0;
    for (int i = TERMS.length - 1; i >= 0; i--) {
      sum = sum * t + TERMS[i];
    }
    return Math.min(1, t * Math.exp(-x * x + sum));
  }
}
