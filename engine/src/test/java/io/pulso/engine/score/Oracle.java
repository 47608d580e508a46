package io.pulso.engine.score;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Decay;
import io.pulso.engine.model.Model;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Section 4 of the scoring rules once more, in numbers of any size and straight from the model.
final class Oracle {
  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

  private Oracle() {}

  static long score(Model model, SubjectUnits units, int asOf, long manual) {
    BigInteger score = BigInteger.valueOf(model.base()).add(BigInteger.valueOf(manual));
    for (Model.Group group : model.groups()) {
      score = score.add(cut(sum(model, units, asOf, group.name()), group.cap()));
    }
    score = score.add(sum(model, units, asOf, null));
    if (model.method() == Model.Method.WEIGHTED) {
      score = cut(score, new Model.Range(0L, 100_000L));
    } else if (model.clamp() != null) {
      score = cut(score, model.clamp());
    }
    return score.abs().compareTo(BigInteger.TEN.pow(15)) > 0
        ? Kernel.UNAVAILABLE
        : score.longValueExact();
  }

  private static BigInteger sum(Model model, SubjectUnits units, int asOf, @Nullable String group) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < model.activities().size(); i++) {
      Activity activity = model.activities().get(i);
      if (group == null ? activity.group() == null : group.equals(activity.group())) {
        sum = sum.add(contribution(model.method(), activity, units.byActivity().get(i), asOf));
      }
    }
    return sum;
  }

  private static BigInteger contribution(
      Model.Method method, Activity activity, SubjectUnits.Days units, int asOf) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < units.days().length; i++) {
      long age = (long) asOf - units.days()[i];
      if (age >= 0 && age < activity.window()) {
        BigInteger cut = least(BigInteger.valueOf(units.units()[i]), activity.caps().perDay());
        sum = sum.add(cut.multiply(BigInteger.valueOf(factor(activity.decay(), age))));
      }
    }
    if (method == Model.Method.WEIGHTED) {
      BigInteger target = BigInteger.valueOf(activity.target()).multiply(MILLION);
      return divide(BigInteger.valueOf(activity.weight()).multiply(sum.min(target)), target);
    }
    Long cap = activity.caps().perWindow();
    BigInteger counted = cap == null ? sum : sum.min(BigInteger.valueOf(cap).multiply(MILLION));
    return divide(counted.multiply(BigInteger.valueOf(activity.points())), BigInteger.TEN.pow(9));
  }

  private static long factor(Decay decay, long age) {
    return switch (decay) {
      case Decay.None _ -> 1_000_000;
      case Decay.HalfLife(int days) ->
          (long) Math.floor(1e6 * StrictMath.pow(2, -(double) age / days) + 0.5);
      case Decay.Linear(int days) ->
          age >= days
              ? 0
              : new BigDecimal(1_000_000 * (days - age))
                  .divide(new BigDecimal(days), 0, RoundingMode.HALF_UP)
                  .longValueExact();
    };
  }

  private static BigInteger cut(BigInteger number, Model.Range range) {
    BigInteger low = range.min() == null ? number : number.max(BigInteger.valueOf(range.min()));
    return least(low, range.max());
  }

  private static BigInteger least(BigInteger number, @Nullable Long most) {
    return most == null ? number : number.min(BigInteger.valueOf(most));
  }

  private static BigInteger divide(BigInteger number, BigInteger by) {
    return new BigDecimal(number)
        .divide(new BigDecimal(by), 0, RoundingMode.HALF_UP)
        .toBigIntegerExact();
  }
}
