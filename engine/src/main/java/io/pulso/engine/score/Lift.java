package io.pulso.engine.score;

import org.jspecify.annotations.Nullable;

/// A score as one activity's units of the as-of day grow, all else equal.
final class Lift {
  private final Plan plan;
  private final long[] contributions;
  private final int index;
  private final Term term;
  private final long manual;

  /// The units of the as-of day.
  private final long today;

  /// What the days before are worth.
  private final Decayed earlier;

  /// Starts from the score of one subject.
  ///
  /// @param contributions of all activities
  Lift(Plan plan, long[] contributions, int index, SubjectUnits units, int asOf, long manual) {
    this.plan = plan;
    this.contributions = contributions.clone();
    this.index = index;
    this.term = plan.terms.get(index);
    this.manual = manual;
    SubjectUnits.Days ofDays = units.byActivity().get(index);
    this.today = ofDays.on(asOf);
    this.earlier = term.decayed(ofDays, Integer.MIN_VALUE, asOf - 1, asOf);
  }

  /// The least additional milli-units that reach the goal, or null.
  @Nullable Long least(long goal) {
    long step = term.counts ? 1000 : 1;
    long low = 0;
    long high = Math.ceilDiv(room(), step);
    if (!reaches(goal, high * step)) {
      return null;
    }
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (reaches(goal, middle * step)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return score(high * step) == Kernel.UNAVAILABLE ? null : Long.valueOf(high * step);
  }

  /// Milli-units that the as-of day can still take.
  private long room() {
    return Math.max(Math.min(term.perDay, RollUp.MOST_A_DAY) - today, 0);
  }

  /// A score too great to be one is above every goal.
  private boolean reaches(long goal, long added) {
    long score = score(added);
    return score >= goal || score == Kernel.UNAVAILABLE;
  }

  private long score(long added) {
    long cut = Math.min(Math.min(today + added, RollUp.MOST_A_DAY), term.perDay);
    contributions[index] = term.contribution(earlier.plus(cut, term.factor(0)));
    return Total.of(plan, contributions, manual).score();
  }
}
