package io.pulso.engine.score;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Decay;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Unit;
import org.jspecify.annotations.Nullable;

/// One activity made ready for arithmetic. A missing cap is the greatest number.
final class Term {
  private static final long MOST_POINTS = 10_000_000;
  private static final int LONGEST_WINDOW = 730;
  private static final long UNIT = 1000;

  final String name;
  final boolean weighted;

  /// Whether its unit is a trait of the day.
  final boolean fit;

  /// Whether less than one whole unit cannot be added.
  final boolean counts;

  final int window;
  final boolean decays;
  final long perDay;
  final long perWindow;

  /// Milli-points a unit; of weighted activities the milli-points that `target` earns.
  final long points;

  /// Milli-units; 0 unless weighted.
  final long target;

  /// Its group's place in the plan, or -1.
  final int group;

  private final int[] factors;

  Term(Model model, Activity activity, int group) {
    this.fit = model.method() == Model.Method.FIT;
    this.name = activity.name();
    this.weighted = model.method() == Model.Method.WEIGHTED;
    this.counts =
        !(activity.unit() instanceof Unit.Numeric) && activity.per() == Activity.Per.ACCOUNT;
    this.window = fit ? 1 : activity.window();
    this.points = weighted ? activity.weight() : activity.points();
    this.target = weighted ? activity.target() : 0;
    this.perDay = fit ? UNIT : orMost(activity.caps().perDay());
    this.perWindow = fit || weighted ? Long.MAX_VALUE : orMost(activity.caps().perWindow());
    this.group = group;
    check();
    this.factors = DecayTable.factors(fit ? new Decay.None() : activity.decay(), window);
    this.decays = factors[window - 1] != DecayTable.FULL;
  }

  private void check() {
    boolean possible =
        window >= 1
            && window <= LONGEST_WINDOW
            && Math.abs(points) <= MOST_POINTS
            && (!weighted || (target > 0 && points >= 0));
    if (!possible) {
      throw new IllegalArgumentException("activity '%s' is out of bounds".formatted(name));
    }
  }

  private static long orMost(@Nullable Long cap) {
    return cap == null ? Long.MAX_VALUE : cap;
  }

  /// What a unit of that age is worth, in parts per million; nothing outside the window.
  int factor(int age) {
    return age < 0 || age >= window ? 0 : factors[age];
  }

  /// The factor of a unit of one day on another, however far apart they are.
  int factor(int day, int asOf) {
    long age = (long) asOf - day;
    return age < 0 || age >= window ? 0 : factors[(int) age];
  }

  /// Units of the days `from` to `to`, both included, cut by day and decayed as on `asOf`.
  Decayed decayed(SubjectUnits.Days units, int from, int to, int asOf) {
    Decayed sum = Decayed.NONE;
    for (int i = 0; i < units.days().length; i++) {
      int day = units.days()[i];
      if (from <= day && day <= to) {
        sum = sum.plus(Math.min(units.units()[i], perDay), factor(day, asOf));
      }
    }
    return sum;
  }

  Decayed decayed(SubjectUnits.Days units, int asOf) {
    return decayed(units, Integer.MIN_VALUE, asOf, asOf);
  }

  /// What of these units counts: `per_window` cuts them, or the target that earns the full weight.
  Decayed counted(Decayed units) {
    return units.least(Decayed.ofMilli(weighted ? target : perWindow));
  }

  /// Milli-points for decayed units.
  long contribution(Decayed units) {
    return weighted ? units.share(points, Decayed.ofMilli(target)) : counted(units).times(points);
  }

  long contribution(SubjectUnits.Days units, int asOf) {
    return contribution(decayed(units, asOf));
  }

  /// Milli-points a unit as people are told; rounded where it is weighted.
  long pointsPerUnit() {
    return weighted ? Rounding.divide(points, UNIT, target) : points;
  }
}
