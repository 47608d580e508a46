package io.pulso.engine.score;

import java.math.BigInteger;

/// Division to the nearest whole number, halves away from zero.
final class Rounding {
  private Rounding() {}

  /// `number / by`, for a positive `by`.
  static long divide(long number, long by) {
    long quotient = number / by;
    long rest = Math.abs(number % by);
    return rest >= by - rest ? quotient + Long.signum(number) : quotient;
  }

  /// `a · b / by` of numbers that are not negative, exact however large the product is.
  static long divide(long a, long b, long by) {
    if (Math.multiplyHigh(a, b) == 0 && a * b >= 0) {
      return divide(a * b, by);
    }
    BigInteger divisor = BigInteger.valueOf(by);
    BigInteger product = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    BigInteger[] parts = product.shiftLeft(1).add(divisor).divideAndRemainder(divisor.shiftLeft(1));
    return parts[0].longValueExact();
  }
}
