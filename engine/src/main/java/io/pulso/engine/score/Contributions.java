package io.pulso.engine.score;

import java.math.BigInteger;

/// Milli-points from many sums of a safe lane. A sum is cut, multiplied and divided; division is
/// multiplication by a reciprocal that is exact for every product below 2^63: with `s` the binary
/// logarithm of the divisor `d`, rounded down, it is `x · (⌊2^(64+s) / d⌋ + 1) / 2^(64+s)`.
final class Contributions {
  private final long most;
  private final long points;
  private final int sign;
  private final long half;
  private final long reciprocal;
  private final int shift;
  private final boolean divides;

  Contributions(Lane lane) {
    long divisor = lane.term.weighted ? lane.most : lane.divisor;
    this.most = lane.most;
    this.points = Math.abs(lane.term.points);
    this.sign = Long.signum(lane.term.points);
    this.half = divisor / 2;
    this.divides = divisor > 1;
    this.shift = divides ? shift(divisor) : 0;
    this.reciprocal =
        BigInteger.ONE
            .shiftLeft(Long.SIZE + shift)
            .divide(BigInteger.valueOf(divisor))
            .add(BigInteger.ONE)
            .longValue();
  }

  /// One less for powers of two, whose reciprocal would not fit.
  private static int shift(long divisor) {
    int logarithm = Long.SIZE - 1 - Long.numberOfLeadingZeros(divisor);
    return Long.bitCount(divisor) == 1 ? logarithm - 1 : logarithm;
  }

  /// Adds the contributions of `sums[from]` to `sums[to - 1]` to the same places of `into`.
  void add(long[] sums, int from, int to, long[] into) {
    if (divides) {
      addDivided(sums, from, to, into);
    } else {
      addWhole(sums, from, to, into);
    }
  }

  private void addWhole(long[] sums, int from, int to, long[] into) {
    long greatest = most;
    long factor = points * sign;
    for (int i = from; i < to; i++) {
      into[i] += Math.min(sums[i], greatest) * factor;
    }
  }

  private void addDivided(long[] sums, int from, int to, long[] into) {
    long greatest = most;
    long factor = points;
    long start = half;
    long by = reciprocal;
    int right = shift;
    int signed = sign;
    for (int i = from; i < to; i++) {
      long product = Math.min(sums[i], greatest) * factor + start;
      into[i] += signed * (Math.unsignedMultiplyHigh(product, by) >>> right);
    }
  }
}
