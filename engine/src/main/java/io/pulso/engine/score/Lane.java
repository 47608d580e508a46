package io.pulso.engine.score;

/// One term of a plan over everybody's units, with all that can be decided before the loops.
///
/// Sums are kept in the coarsest unit that is still exact: whole units where only those occur and
/// no cap needs parts of one, else milli-units; times parts per million only where they decay. So
/// they fit a `long` but for absurd units, and a sum of `divisor` is worth one unit.
final class Lane {
  private static final long MILLI = 1000;

  final Term term;
  final RollUp rollUp;

  /// What a stored number is multiplied by to be in this lane's unit.
  final int multiplier;

  /// The most of one day.
  final long perDay;

  /// The most of a sum: the cap of the window, or the target.
  final long most;

  final long divisor;

  /// The most of one day that cannot make a sum overflow.
  final long safeDay;

  /// Whether no units of this roll-up can make a sum, product or total overflow.
  final boolean safe;

  /// Adds up contributions; only of use where the lane is safe.
  final Contributions contributions;

  private final long limit;
  private final boolean whole;

  /// Decides all that can be decided before the loops.
  ///
  /// @param limit the greatest contribution that totals can bear
  Lane(Term term, RollUp rollUp, long limit) {
    this.term = term;
    this.rollUp = rollUp;
    this.limit = limit;
    this.whole =
        rollUp.unit == MILLI
            && isWhole(term.perDay)
            && isWhole(term.perWindow)
            && isWhole(term.target);
    this.multiplier = whole ? 1 : rollUp.unit;
    this.perDay = inUnit(term.perDay);
    this.divisor = (whole ? 1 : MILLI) * (term.decays ? DecayTable.FULL : 1);
    this.most = scaled(term.weighted ? term.target : term.perWindow);
    this.safeDay = Long.MAX_VALUE / sumOfFactors();
    this.safe = isSafe();
    this.contributions = new Contributions(this);
  }

  private static boolean isWhole(long cap) {
    return cap == Long.MAX_VALUE || cap % MILLI == 0;
  }

  private long inUnit(long milli) {
    return whole && milli != Long.MAX_VALUE ? milli / MILLI : milli;
  }

  private long scaled(long milli) {
    long factor = term.decays ? DecayTable.FULL : 1;
    return inUnit(milli) > Long.MAX_VALUE / factor ? Long.MAX_VALUE : inUnit(milli) * factor;
  }

  private long sumOfFactors() {
    long sum = 0;
    for (int age = 0; age < term.window; age++) {
      sum += factor(age);
    }
    return Math.max(sum, 1);
  }

  private boolean isSafe() {
    long day = Math.min(inUnit(rollUp.most), perDay);
    if (day > safeDay) {
      return false;
    }
    long sum = Math.min(day * sumOfFactors(), most);
    long points = Math.max(Math.abs(term.points), 1);
    return term.weighted
        ? most <= (Long.MAX_VALUE / 2 - most / 2) / points
        : sum <= (Long.MAX_VALUE - divisor) / points && sum * points / divisor < limit;
  }

  /// What a unit of that age is worth in this lane.
  int factor(int age) {
    return term.decays ? term.factor(age) : Integer.signum(term.factor(age));
  }

  /// What the units of each stored day are worth on the as-of day.
  int[] factorsByDay(int asOf) {
    int[] factors = new int[rollUp.span()];
    for (int day = 0; day < factors.length; day++) {
      int factor = term.factor(rollUp.firstDay + day, asOf);
      factors[day] = term.decays ? factor : Integer.signum(factor);
    }
    return factors;
  }

  /// A day's units after `per_day`, in this lane's unit.
  long cut(int row) {
    long units = rollUp.large.length > 0 ? rollUp.large[row] : rollUp.small[row];
    return Math.min(units * multiplier, perDay);
  }

  /// Milli-points of a sum that did not overflow.
  long contribution(long sum) {
    long counted = Math.min(sum, most);
    if (term.weighted) {
      return counted == most ? term.points : Rounding.divide(term.points, counted, most);
    }
    return counted / divisor * term.points
        + Rounding.divide(counted % divisor * term.points, divisor);
  }

  /// Whether totals can bear the contribution of this sum.
  boolean bears(long sum) {
    return term.weighted ? sum == 0 || most < Long.MAX_VALUE : Math.abs(contribution(sum)) < limit;
  }

  /// Whether any stored day could make a sum of these rows overflow.
  boolean overflows(int from, int to) {
    for (int row = from; row < to; row++) {
      if (cut(row) > safeDay) {
        return true;
      }
    }
    return false;
  }
}
