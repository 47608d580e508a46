package io.pulso.engine.metric;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How a figure of two groups of customers differs. The figure of a group is the sum of what its
/// members have above the line by the sum of what they have below it.
///
/// @param one the value of the first group; null where it has nothing below the line
/// @param nOne how many of it have something below the line
/// @param difference that of the first less that of the other; null where either is missing or has
///   too few
/// @param interval of the difference
/// @param p how often chance alone gives so great a difference; null where there is none
/// @param standardised the difference between members of the same strata; null where too few have
///   somebody of the same stratum in the other group
public record Contrast(
    @Nullable Double one,
    long nOne,
    @Nullable Double other,
    long nOther,
    @Nullable Double difference,
    @Nullable Interval interval,
    @Nullable Double p,
    @Nullable Double standardised) {
  /// With fewer in either group no difference is told.
  public static final int LEAST = 30;

  /// With fewer of a stratum in either group it is left out.
  public static final int LEAST_OF_STRATUM = 5;

  /// With less of everybody in strata of both groups the difference is not standardised.
  public static final double LEAST_COVERED = 0.5;

  private static final double Z = 1.959963984540054;

  /// What the members of both groups have.
  ///
  /// @param above the line, by place
  /// @param below the line, by place
  /// @param one who is in the first group
  /// @param other who is in the other group; some may be in both
  /// @param strata to which each belongs, from 0 on
  /// @param share whether `above` is 0 or 1, and at most what is below
  @SuppressWarnings("ArrayRecordComponent") // columns of many rows
  public record Columns(
      double[] above,
      double[] below,
      boolean[] one,
      boolean[] other,
      int[] strata,
      boolean share) {}

  /// Whether the difference has another sign between members of the same strata.
  public boolean turns() {
    return difference != null && standardised != null && difference * standardised < 0;
  }

  /// Compares them.
  public static Contrast of(Columns columns) {
    Side one = Side.of(columns, columns.one());
    Side other = Side.of(columns, columns.other());
    Double a = one.value();
    Double b = other.value();
    if (a == null || b == null || one.n < LEAST || other.n < LEAST) {
      return new Contrast(a, one.n, b, other.n, null, null, null, null);
    }
    double difference = a - b;
    double error = error(columns, one, other);
    boolean apart = !overlap(columns);
    Interval interval =
        columns.share() && apart
            ? Interval.newcombe(
                Math.round(one.above), Math.round(one.below),
                Math.round(other.above), Math.round(other.below))
            : new Interval(difference - Z * error, difference + Z * error);
    double spread = columns.share() && apart ? pooled(one, other) : error;
    return new Contrast(
        a, one.n, b, other.n, difference, interval, p(difference, spread), same(columns));
  }

  /// The same with values times a factor.
  public Contrast times(double factor) {
    return new Contrast(
        scaled(one, factor),
        nOne,
        scaled(other, factor),
        nOther,
        scaled(difference, factor),
        interval == null ? null : interval.times(factor),
        p,
        scaled(standardised, factor));
  }

  private static @Nullable Double scaled(@Nullable Double value, double factor) {
    return value == null ? null : (Double) (value * factor);
  }

  /// The sums of one group.
  private record Side(double above, double below, long n) {
    static Side of(Columns columns, boolean[] in) {
      double above = 0;
      double below = 0;
      long n = 0;
      for (int i = 0; i < in.length; i++) {
        if (in[i]) {
          above += columns.above()[i];
          below += columns.below()[i];
          n += columns.below()[i] > 0 ? 1 : 0;
        }
      }
      return new Side(above, below, n);
    }

    @Nullable Double value() {
      return below > 0 ? (Double) (above / below) : null;
    }
  }

  private static boolean overlap(Columns columns) {
    for (int i = 0; i < columns.one().length; i++) {
      if (columns.one()[i] && columns.other()[i]) {
        return true;
      }
    }
    return false;
  }

  /// The standard error of the difference: each customer's part in it, squared and added up. Who is
  /// in both groups has one part.
  private static double error(Columns columns, Side one, Side other) {
    double a = one.above / one.below;
    double b = other.above / other.below;
    double sum = 0;
    for (int i = 0; i < columns.above().length; i++) {
      double part = 0;
      if (columns.one()[i]) {
        part += root(one.n) * (columns.above()[i] - a * columns.below()[i]) / one.below;
      }
      if (columns.other()[i]) {
        part -= root(other.n) * (columns.above()[i] - b * columns.below()[i]) / other.below;
      }
      sum += part * part;
    }
    return Math.sqrt(sum);
  }

  /// Makes up for the mean being that of the same numbers.
  private static double root(long n) {
    return Math.sqrt((double) n / (n - 1));
  }

  /// The standard error of a difference of shares where there is none.
  private static double pooled(Side one, Side other) {
    double p = (one.above + other.above) / (one.below + other.below);
    return Math.sqrt(p * (1 - p) * (1 / one.below + 1 / other.below));
  }

  private static double p(double difference, double error) {
    if (error == 0) {
      return difference == 0 ? 1 : 0;
    }
    return Normal.beyond(Math.abs(difference) / error);
  }

  private static @Nullable Double same(Columns columns) {
    int strata = Arrays.stream(columns.strata()).max().orElse(-1) + 1;
    double[][] above = new double[2][strata];
    double[][] below = new double[2][strata];
    long[][] n = new long[2][strata];
    double[] weight = new double[strata];
    for (int i = 0; i < columns.above().length; i++) {
      int stratum = columns.strata()[i];
      for (int side = 0; side < 2; side++) {
        if (side == 0 ? columns.one()[i] : columns.other()[i]) {
          above[side][stratum] += columns.above()[i];
          below[side][stratum] += columns.below()[i];
          n[side][stratum] += columns.below()[i] > 0 ? 1 : 0;
        }
      }
      weight[stratum] += columns.below()[i];
    }
    double all = Arrays.stream(weight).sum();
    double covered = 0;
    double sum = 0;
    for (int stratum = 0; stratum < strata; stratum++) {
      if (n[0][stratum] >= LEAST_OF_STRATUM && n[1][stratum] >= LEAST_OF_STRATUM) {
        covered += weight[stratum];
        sum +=
            weight[stratum]
                * (above[0][stratum] / below[0][stratum] - above[1][stratum] / below[1][stratum]);
      }
    }
    return all > 0 && covered >= LEAST_COVERED * all ? (Double) (sum / covered) : null;
  }
}
