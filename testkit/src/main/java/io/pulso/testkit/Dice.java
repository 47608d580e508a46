package io.pulso.testkit;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Chance that a seed decides.
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /// From 0 to below `bound`.
  int below(int bound) {
    return random.nextInt(bound);
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /// From 0 to below `bound`.
  long below(long bound) {
    return random.nextLong(bound);
  }

  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  @SafeVarargs
  final <T> T one(T... of) {
    return of[random.nextInt(of.length)];
  }

  /// One of them, or null.
  <T> @Nullable T maybe(int chance, List<T> of) {
    return percent(chance) ? one(of) : null;
  }
}
