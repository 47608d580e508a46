package io.pulso.engine.score;

/// The inner loops of the kernel. They have no branches that data decide: rows are summed up over
/// all subjects of a block, and a subject's sum is the difference between its two ends. Differences
/// are exact even where the running sum wraps around.
final class Sums {
  private Sums() {}

  /// Fills `sums` with the running sums of the rows `from` to `to`: `sums[i]` is that of the first
  /// `i` rows.
  static void run(Lane lane, int[] factors, int from, int to, long[] sums) {
    if (lane.rollUp.large.length > 0) {
      large(lane, factors, from, to, sums);
    } else if (lane.multiplier == 1 && lane.perDay <= Integer.MAX_VALUE) {
      small(lane, factors, from, to, sums);
    } else {
      multiplied(lane, factors, from, to, sums);
    }
  }

  private static void small(Lane lane, int[] factors, int from, int to, long[] sums) {
    char[] days = lane.rollUp.days;
    int[] units = lane.rollUp.small;
    int cap = (int) lane.perDay;
    long sum = 0;
    sums[0] = 0;
    for (int row = from; row < to; row++) {
      sum += (long) Math.min(units[row], cap) * factors[days[row]];
      sums[row - from + 1] = sum;
    }
  }

  private static void multiplied(Lane lane, int[] factors, int from, int to, long[] sums) {
    char[] days = lane.rollUp.days;
    int[] units = lane.rollUp.small;
    long cap = lane.perDay;
    int multiplier = lane.multiplier;
    long sum = 0;
    sums[0] = 0;
    for (int row = from; row < to; row++) {
      sum += Math.min((long) units[row] * multiplier, cap) * factors[days[row]];
      sums[row - from + 1] = sum;
    }
  }

  private static void large(Lane lane, int[] factors, int from, int to, long[] sums) {
    char[] days = lane.rollUp.days;
    long[] units = lane.rollUp.large;
    long cap = lane.perDay;
    long sum = 0;
    sums[0] = 0;
    for (int row = from; row < to; row++) {
      sum += Math.min(units[row], cap) * factors[days[row]];
      sums[row - from + 1] = sum;
    }
  }

  /// Fills `sums` with those of the `n` subjects from `first` on, given the running sums over their
  /// rows.
  static void bySubject(int[] starts, long[] running, int first, int n, long[] sums) {
    int base = starts[first];
    long before = 0;
    for (int i = 0; i < n; i++) {
      long after = running[starts[first + i + 1] - base];
      sums[i] = after - before;
      before = after;
    }
  }
}
