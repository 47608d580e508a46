package io.pulso.server.sample;

import java.util.SplittableRandom;

/// Seeded chance. Only integer arithmetic, basic floating point and [StrictMath] are used, so that
/// a seed gives the same draws on every machine.
final class Dice {
  private final SplittableRandom random;

  private Dice(SplittableRandom random) {
    this.random = random;
  }

  /// The dice of one numbered stream of a seed.
  static Dice of(long seed, long stream) {
    return new Dice(new SplittableRandom(mix(seed + mix(stream + 0x9E3779B97F4A7C15L))));
  }

  Dice split() {
    return new Dice(random.split());
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /// A whole number from 0 to `bound` - 1.
  int below(int bound) {
    return (int) (random.nextDouble() * bound);
  }

  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /// Four uniform numbers added up: close to the normal distribution, never beyond 3.5 deviations.
  double normal(double mean, double deviation) {
    double sum =
        random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble();
    return mean + deviation * (sum - 2) * 1.7320508075688772;
  }

  double exponential(double mean) {
    return -mean * StrictMath.log(1 - random.nextDouble());
  }

  double logNormal(double median, double deviation) {
    return median * StrictMath.exp(normal(0, deviation));
  }

  <T> T pick(T[] items) {
    return items[below(items.length)];
  }

  /// A place in `weights`, as often as its weight says; the weights add up to 1.
  int pick(double[] weights) {
    double left = random.nextDouble();
    for (int i = 0; i < weights.length - 1; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  <T> T pick(T[] items, double[] weights) {
    return items[pick(weights)];
  }

  static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
