package io.pulso.engine.journey;

import io.pulso.engine.metric.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much oftener some do something than others.
///
/// @param high how many of the first do it
/// @param highs how many they are
/// @param difference of the two shares, between -1 and 1
/// @param lift how many times as many of the first; null where nobody of the others does it
/// @param liftBetween where the true one lies; null where it cannot be told
/// @param told whether it is more than chance, among all that were compared
public record Contrast(
    String name,
    long high,
    long highs,
    long low,
    long lows,
    Interval difference,
    @Nullable Double lift,
    @Nullable Interval liftBetween,
    boolean told) {
  /// Of all that are called different at most this share is by chance.
  private static final double FALSE_SHARE = 0.05;

  private static final double Z = 1.959963984540054;

  /// What was counted for one thing.
  public record Counted(String name, long high, long low) {}

  public double highShare() {
    return (double) high / highs;
  }

  public double lowShare() {
    return (double) low / lows;
  }

  /// Compares everything at once, the greatest difference first (Y. Benjamini and Y. Hochberg 1995,
  /// J. R. Stat. Soc. B 57, 289-300).
  ///
  /// @param highs at least 1, as `lows`
  public static List<Contrast> family(List<Counted> all, long highs, long lows) {
    List<Counted> byChance =
        all.stream()
            .sorted(Comparator.comparingDouble((Counted one) -> chance(one, highs, lows)))
            .toList();
    int told = 0;
    for (int i = 0; i < byChance.size(); i++) {
      if (chance(byChance.get(i), highs, lows) <= FALSE_SHARE * (i + 1) / byChance.size()) {
        told = i + 1;
      }
    }
    List<Contrast> found = new ArrayList<>();
    for (int i = 0; i < byChance.size(); i++) {
      found.add(of(byChance.get(i), highs, lows, i < told));
    }
    found.sort(
        Comparator.comparingDouble((Contrast one) -> -Math.abs(one.highShare() - one.lowShare()))
            .thenComparing(Contrast::name));
    return found;
  }

  private static Contrast of(Counted one, long highs, long lows, boolean told) {
    Double lift =
        one.low() == 0
            ? null
            : (Double) (((double) one.high() / highs) / ((double) one.low() / lows));
    Interval between = null;
    if (lift != null && one.high() > 0) {
      // The logarithm of the ratio is nearly normal (D. Katz and others 1978, Biometrics 34, 469).
      double half = Z * Math.sqrt(1.0 / one.high() - 1.0 / highs + 1.0 / one.low() - 1.0 / lows);
      between = new Interval(lift * Math.exp(-half), lift * Math.exp(half));
    }
    return new Contrast(
        one.name(),
        one.high(),
        highs,
        one.low(),
        lows,
        Interval.newcombe(one.high(), highs, one.low(), lows),
        lift,
        between,
        told);
  }

  /// How likely so great a difference is by chance: the two-sided test of two proportions.
  static double chance(Counted one, long highs, long lows) {
    double p = (double) (one.high() + one.low()) / (highs + lows);
    double spread = Math.sqrt(p * (1 - p) * (1.0 / highs + 1.0 / lows));
    double apart = Math.abs((double) one.high() / highs - (double) one.low() / lows);
    return spread == 0 ? 1 : beyond(apart / spread / Math.sqrt(2));
  }

  /// The complementary error function of a number that is not negative, to 1.2e-7 (W. H. Press and
  /// others, Numerical Recipes, 6.2).
  private static double beyond(double x) {
    double t = 1 / (1 + x / 2);
    double[] c = {
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
    double sum = 0;
    for (int i = c.length - 1; i >= 0; i--) {
      sum = sum * t + c[i];
    }
    return t * Math.exp(-x * x + sum);
  }
}
