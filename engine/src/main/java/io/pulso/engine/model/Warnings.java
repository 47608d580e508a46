package io.pulso.engine.model;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.Path;
import io.pulso.engine.yaml.Decimals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is allowed in a model but seldom meant.
final class Warnings {
  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

  private Warnings() {}

  static void window(int days, int line, String place, Frame frame) {
    if (days % 7 != 0) {
      String why = " days is no multiple of 7: weekday habits will make the score swing";
      frame.warnings().add(line, place + "a window of " + days + why);
    }
  }

  static void activity(Activity activity, String place, Frame frame) {
    if (activity.unit() instanceof Unit.Numeric unit && ActivityReader.isText(unit.path())) {
      String text = "'unit': name is a text and counts nothing; did you mean {distinct: name}?";
      frame.warnings().add(activity.line(), place + text);
    }
    BigInteger most = frame.isWeighted() ? reach(activity) : null;
    if (most != null
        && most.compareTo(BigInteger.valueOf(activity.target()).multiply(MILLION)) < 0) {
      BigDecimal units = new BigDecimal(most, 9).setScale(3, RoundingMode.DOWN);
      frame
          .warnings()
          .add(
              activity.line(),
              place
                  + "target "
                  + Decimals.show(activity.target())
                  + " cannot be reached: the cap and decay allow at most "
                  + units.stripTrailingZeros().toPlainString()
                  + " units in "
                  + activity.window()
                  + " days");
    }
  }

  /// The most decayed units of a window, in billionths of a unit; null without a cap a day.
  static @Nullable BigInteger reach(Activity activity) {
    Long perDay = activity.caps().perDay();
    if (perDay == null) {
      return null;
    }
    long factors = 0;
    for (int age = 0; age < activity.window(); age++) {
      factors += activity.decay().factor(age);
    }
    return BigInteger.valueOf(perDay).multiply(BigInteger.valueOf(factors));
  }

  static void groups(List<Model.Group> groups, List<Activity> activities, int line, Frame frame) {
    for (Model.Group group : groups) {
      if (activities.stream().noneMatch(activity -> group.name().equals(activity.group()))) {
        frame.warnings().add(line, "group '" + group.name() + "' has no activities");
      }
    }
  }

  /// A condition over an account that asks for the traits of a person.
  static void traits(@Nullable Expression expression, int line, String place, Frame frame) {
    if (frame.isAccount()
        && expression != null
        && Atoms.speaksOf(expression.condition(), Path.Root.TRAITS)) {
      String text = "an account has no 'traits'; use 'account' for what is known about it";
      frame.warnings().add(line, place + text);
    }
  }
}
