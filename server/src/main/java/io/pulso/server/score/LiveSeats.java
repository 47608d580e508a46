package io.pulso.server.score;

import java.util.Arrays;

/// The seats of accounts over time, in memory: of each account a short array with a number for each
/// change, which holds the first day and the thousandths of a seat.
final class LiveSeats {
  private static final int SEAT_BITS = 40;
  private static final long SEAT_MASK = (1L << SEAT_BITS) - 1;

  private static final long[] NONE = {};

  private long[][] changes = new long[0][];

  /// Takes the seats from a day on; of one account they come in order.
  void put(int account, int firstDay, long milli) {
    if (account >= changes.length) {
      changes = Arrays.copyOf(changes, Math.max(account + 1, changes.length * 3 / 2 + 64));
    }
    long[] old = of(account);
    long change = (long) firstDay << SEAT_BITS | milli;
    if (old.length == 0) {
      changes[account] = new long[] {change};
    } else if (day(old[old.length - 1]) == firstDay) {
      old[old.length - 1] = change;
    } else {
      long[] made = Arrays.copyOf(old, old.length + 1);
      made[old.length] = change;
      changes[account] = made;
    }
  }

  /// Takes all seats of an account away.
  void clear(int account) {
    if (account < changes.length) {
      changes[account] = NONE;
    }
  }

  /// The thousandths of a seat on a day; 0 where there are none.
  long on(int account, int day) {
    long[] all = of(account);
    for (int i = all.length - 1; i >= 0; i--) {
      if (day(all[i]) <= day) {
        return all[i] & SEAT_MASK;
      }
    }
    return 0;
  }

  private long[] of(int account) {
    long[] found = account < changes.length ? changes[account] : null;
    return found == null ? NONE : found;
  }

  private static int day(long change) {
    return (int) (change >> SEAT_BITS);
  }
}
