package io.pulso.engine.metric;

/// Where the true value lies in 95 of 100 cases.
public record Interval(double low, double high) {
  /// The 97.5 % point of the normal distribution.
  private static final double Z = 1.959963984540054;

  private static final double Z2 = Z * Z;

  /// Of a proportion, between 0 and 1: Wilson's score interval (E. B. Wilson 1927, J. Am. Stat.
  /// Assoc. 22, 209-212).
  ///
  /// @param n at least 1
  public static Interval wilson(long yes, long n) {
    double p = (double) yes / n;
    double middle = (p + Z2 / (2 * n)) / (1 + Z2 / n);
    double half = Z / (1 + Z2 / n) * Math.sqrt(p * (1 - p) / n + Z2 / (4.0 * n * n));
    return new Interval(
        yes == 0 ? 0 : Math.max(0, middle - half), yes == n ? 1 : Math.min(1, middle + half));
  }

  /// Of a difference of two proportions: Newcombe's hybrid score interval (R. G. Newcombe 1998,
  /// Statistics in Medicine 17, 873-890, method 10).
  public static Interval newcombe(long yes1, long n1, long yes2, long n2) {
    Interval one = wilson(yes1, n1);
    Interval two = wilson(yes2, n2);
    double p1 = (double) yes1 / n1;
    double p2 = (double) yes2 / n2;
    double d = p1 - p2;
    return new Interval(
        d - Math.hypot(p1 - one.low, two.high - p2), d + Math.hypot(one.high - p1, p2 - two.low));
  }

  /// Of promoters less detractors, between -1 and 1: adjusted Wald with three quarters of a
  /// promoter, one and a half passive and three quarters of a detractor added (B. Rocks 2016,
  /// Interval estimation for the Net Promoter Score, The American Statistician 70, 365-372).
  public static Interval adjustedWald(long promoters, long passives, long detractors) {
    double n = (double) promoters + passives + detractors + 3;
    double up = (promoters + 0.75) / n;
    double down = (detractors + 0.75) / n;
    double score = up - down;
    double half = Z * Math.sqrt((up + down - score * score) / n);
    return new Interval(Math.max(-1, score - half), Math.min(1, score + half));
  }

  public Interval times(double factor) {
    return new Interval(low * factor, high * factor);
  }
}
