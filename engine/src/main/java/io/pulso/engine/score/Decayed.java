package io.pulso.engine.score;

import java.math.BigInteger;

/// Units after decay, exact to a billionth; never negative.
///
/// @param whole whole units
/// @param rest billionths of a unit, fewer than a billion
record Decayed(long whole, long rest) implements Comparable<Decayed> {
  static final long BILLION = 1_000_000_000;
  static final Decayed NONE = new Decayed(0, 0);

  /// Of milli-units that have not decayed.
  static Decayed ofMilli(long units) {
    return new Decayed(units / 1000, units % 1000 * 1_000_000);
  }

  /// With the worth of one more day: milli-units times parts per million.
  Decayed plus(long units, int factor) {
    long worth = units * factor;
    long sum = rest + worth % BILLION;
    return new Decayed(whole + worth / BILLION + sum / BILLION, sum % BILLION);
  }

  Decayed minus(Decayed other) {
    long difference = rest - other.rest;
    return difference < 0
        ? new Decayed(whole - other.whole - 1, difference + BILLION)
        : new Decayed(whole - other.whole, difference);
  }

  Decayed least(Decayed other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /// In milli-units, rounded.
  long milli() {
    return whole * 1000 + Rounding.divide(rest, 1_000_000);
  }

  /// Milli-points at so many milli-points a unit, rounded.
  long times(long points) {
    return whole * points + Rounding.divide(rest * points, BILLION);
  }

  /// The share of `weight` that these units earn where `target` earns all of it, rounded.
  long share(long weight, Decayed target) {
    return share(weight, least(target).billionths(), target.billionths());
  }

  /// These units for each of so many milli-units, in parts per million.
  long per(long units) {
    return share(1, billionths(), BigInteger.valueOf(units));
  }

  private static long share(long weight, BigInteger part, BigInteger of) {
    BigInteger doubled = part.multiply(BigInteger.valueOf(2 * weight)).add(of);
    return doubled.divide(of.shiftLeft(1)).longValueExact();
  }

  private BigInteger billionths() {
    return BigInteger.valueOf(whole)
        .multiply(BigInteger.valueOf(BILLION))
        .add(BigInteger.valueOf(rest));
  }

  @Override
  public int compareTo(Decayed other) {
    return whole != other.whole ? Long.compare(whole, other.whole) : Long.compare(rest, other.rest);
  }
}
