package io.pulso.testkit;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Decay;
import io.pulso.engine.model.Model;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Section 4 of scoring.md in whole numbers of any size.
final class Arithmetic {
  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
  private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);

  private Arithmetic() {}

  /// What a unit of age `k` days is still worth, in parts per million.
  static long factor(Decay decay, long k) {
    return switch (decay) {
      case Decay.None _ -> 1_000_000;
      case Decay.HalfLife(int days) ->
          (long) Math.floor(1e6 * StrictMath.pow(2, -(double) k / days) + 0.5);
      case Decay.Linear(int days) ->
          k >= days ? 0 : Math.floorDiv(2_000_000 * (days - k) + days, 2L * days);
    };
  }

  /// Milli-points of one activity. A `fit` activity has no window, decay or caps.
  static BigInteger contribution(
      Model model, Activity activity, Map<LocalDate, Long> units, LocalDate asOf) {
    boolean fit = model.method() == Model.Method.FIT;
    BigInteger sum = BigInteger.ZERO;
    for (Map.Entry<LocalDate, Long> day : units.entrySet()) {
      long k = ChronoUnit.DAYS.between(day.getKey(), asOf);
      if (0 <= k && (fit || k < activity.window())) {
        Long cap = fit ? null : activity.caps().perDay();
        long factor = fit ? 1_000_000 : factor(activity.decay(), k);
        BigInteger cut = least(BigInteger.valueOf(day.getValue()), cap);
        sum = sum.add(cut.multiply(BigInteger.valueOf(factor)));
      }
    }
    return switch (model.method()) {
      case POINTS ->
          divide(
              capped(sum, activity.caps().perWindow()).multiply(big(activity.points())), BILLION);
      case FIT -> divide(sum.multiply(big(activity.points())), BILLION);
      case WEIGHTED ->
          divide(
              capped(sum, activity.target()).multiply(big(activity.weight())),
              big(activity.target()).multiply(MILLION));
    };
  }

  /// Base, contributions, group caps and clamp together.
  static BigInteger score(Model model, Map<Activity, BigInteger> contributions) {
    BigInteger score = big(model.base());
    for (BigInteger contribution : contributions.values()) {
      score = score.add(contribution);
    }
    for (Model.Group group : model.groups()) {
      BigInteger sum =
          contributions.entrySet().stream()
              .filter(entry -> group.name().equals(entry.getKey().group()))
              .map(Map.Entry::getValue)
              .reduce(BigInteger.ZERO, BigInteger::add);
      score = score.add(inside(group.cap(), sum).subtract(sum));
    }
    return inside(range(model), score);
  }

  private static Model.Range range(Model model) {
    if (model.method() == Model.Method.WEIGHTED) {
      return new Model.Range(0L, 100_000L);
    }
    return model.clamp() == null ? new Model.Range(null, null) : model.clamp();
  }

  private static BigInteger inside(Model.Range range, BigInteger number) {
    BigInteger low = range.min() == null ? number : number.max(big(range.min()));
    return least(low, range.max());
  }

  /// Cuts milli-units times parts per million at a cap in milli-units.
  private static BigInteger capped(BigInteger sum, @Nullable Long cap) {
    return cap == null ? sum : sum.min(big(cap).multiply(MILLION));
  }

  private static BigInteger least(BigInteger number, @Nullable Long most) {
    return most == null ? number : number.min(big(most));
  }

  /// Rounded half away from zero.
  static BigInteger divide(BigInteger number, BigInteger by) {
    return new BigDecimal(number)
        .divide(new BigDecimal(by), 0, RoundingMode.HALF_UP)
        .toBigIntegerExact();
  }

  private static BigInteger big(long number) {
    return BigInteger.valueOf(number);
  }
}
