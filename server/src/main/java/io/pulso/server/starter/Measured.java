package io.pulso.server.starter;

import io.pulso.engine.model.Decay;
import io.pulso.engine.score.RollUp;
import java.util.Arrays;
import java.util.BitSet;

/// A candidate with what active customers of a sample did of it.
///
/// @param doers how many did it
/// @param events how often
/// @param usual how often half of the doers did it at least
/// @param perDay the most a day that count
/// @param typical decayed milli-units, cut at `perDay`, of the doer in the middle; at least 1
record Measured(
    Candidate candidate,
    RollUp units,
    int doers,
    long events,
    long usual,
    int perDay,
    long typical) {
  private static final long MILLI = 1000;
  private static final int BUSY = 90;

  /// Looks at those who were active.
  ///
  /// @param firstUse whether the cap of a day is that of a role, since there is too little to see
  static Measured of(Candidate candidate, RollUp units, BitSet active, int asOf, boolean firstUse) {
    int rows = 0;
    long[] counts = new long[units.rows()];
    long[] totals = new long[active.cardinality()];
    int doers = 0;
    for (int who = active.nextSetBit(0); who >= 0; who = active.nextSetBit(who + 1)) {
      long total = 0;
      for (int row = units.from(who); row < units.to(who); row++) {
        counts[rows++] = units.units(row) / MILLI;
        total += units.units(row) / MILLI;
      }
      if (total > 0) {
        totals[doers++] = total;
      }
    }
    long events = Arrays.stream(totals, 0, doers).sum();
    Integer given = candidate.perDay();
    int perDay =
        given != null
            ? given
            : firstUse ? usualPerDay(candidate.role()) : niceDay(at(counts, rows, BUSY));
    long[] decayed = decayed(units, active, perDay, asOf);
    return new Measured(
        candidate,
        units,
        doers,
        events,
        at(totals, doers, 50),
        perDay,
        Math.max(1, at(decayed, decayed.length, 50)));
  }

  private static int usualPerDay(Role role) {
    return role == Role.VIEW ? 10 : role == Role.COMMITMENT ? 3 : 5;
  }

  /// The decayed units of each doer.
  private static long[] decayed(RollUp units, BitSet active, int perDay, int asOf) {
    long[] sums = new long[active.cardinality()];
    int doers = 0;
    for (int who = active.nextSetBit(0); who >= 0; who = active.nextSetBit(who + 1)) {
      long sum = 0;
      for (int row = units.from(who); row < units.to(who); row++) {
        int age = asOf - units.day(row);
        sum += Math.min(units.units(row), perDay * MILLI) * Draft.DECAY.factor(age);
      }
      if (sum > 0) {
        sums[doers++] = sum / Decay.WHOLE;
      }
    }
    return Arrays.copyOf(sums, doers);
  }

  /// The number in the first `n` that so many per cent are not above; 0 where there is none.
  private static long at(long[] numbers, int n, int percent) {
    if (n == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(numbers, n);
    Arrays.sort(sorted);
    return sorted[(int) ((n - 1L) * percent / 100)];
  }

  /// A number of times a day that people like to read, not below `count`.
  private static int niceDay(long count) {
    long step = count <= 6 ? 1 : count <= 10 ? 2 : count <= 50 ? 5 : count <= 200 ? 10 : 100;
    return Math.clamp((count + step - 1) / step * step, 1, 10_000);
  }
}
