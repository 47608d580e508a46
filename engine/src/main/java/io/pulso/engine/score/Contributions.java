package io.pulso.engine.score;

/// Milli-points from the sums of a safe lane, one loop for each divisor so that no loop divides by
/// a number it does not know.
final class Contributions {
  private Contributions() {}

  /// Adds the contributions of `sums[from]` to `sums[to - 1]` to the same places of `into`.
  static void add(Lane lane, long[] sums, int from, int to, long[] into) {
    if (lane.term.weighted) {
      byTarget(sums, from, to, lane.most, lane.term.points, into);
      return;
    }
    long points = Math.abs(lane.term.points);
    int sign = Long.signum(lane.term.points);
    switch ((int) lane.divisor) {
      case 1 -> byOne(sums, from, to, lane.most, lane.term.points, into);
      case 1_000 -> byThousand(sums, from, to, lane.most, points, sign, into);
      case 1_000_000 -> byMillion(sums, from, to, lane.most, points, sign, into);
      case 1_000_000_000 -> byBillion(sums, from, to, lane.most, points, sign, into);
      default -> throw new IllegalStateException("divisor " + lane.divisor);
    }
  }

  private static void byOne(long[] sums, int from, int to, long most, long points, long[] into) {
    for (int i = from; i < to; i++) {
      into[i] += Math.min(sums[i], most) * points;
    }
  }

  private static void byThousand(
      long[] sums, int from, int to, long most, long points, int sign, long[] into) {
    for (int i = from; i < to; i++) {
      into[i] += sign * ((Math.min(sums[i], most) * points + 500) / 1_000);
    }
  }

  private static void byMillion(
      long[] sums, int from, int to, long most, long points, int sign, long[] into) {
    for (int i = from; i < to; i++) {
      into[i] += sign * ((Math.min(sums[i], most) * points + 500_000) / 1_000_000);
    }
  }

  private static void byBillion(
      long[] sums, int from, int to, long most, long points, int sign, long[] into) {
    for (int i = from; i < to; i++) {
      into[i] += sign * ((Math.min(sums[i], most) * points + 500_000_000) / 1_000_000_000);
    }
  }

  private static void byTarget(
      long[] sums, int from, int to, long target, long weight, long[] into) {
    for (int i = from; i < to; i++) {
      if (sums[i] > 0) {
        into[i] += sums[i] >= target ? weight : (sums[i] * weight + target / 2) / target;
      }
    }
  }
}
