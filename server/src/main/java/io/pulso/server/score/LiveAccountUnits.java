package io.pulso.server.score;

import io.pulso.engine.score.RollUp;
import io.pulso.server.store.AccountUnits;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Units of all accounts in memory, to which batches add: of each account two short arrays side by
/// side, sorted keys of activity, day and person, and their milli-units. Where nobody asks for
/// single people, their units are one row.
final class LiveAccountUnits {
  private static final int PERSON_BITS = 31;
  private static final int DAY_BITS = 12;
  private static final int DAY_MASK = (1 << DAY_BITS) - 1;

  /// The most activities that can be kept.
  static final int MOST_PLACES = (1 << 20) - 1;

  private static final long[] NONE = {};

  private final int firstDay;
  private final int lastDay;
  private final int[] activities;
  private final BitSet singly;
  private long[][] keys = new long[64][];
  private long[][] units = new long[64][];

  /// Accounts with a day that saturated: what is added to them cannot be told from memory.
  private final BitSet saturated = new BitSet();

  /// @param firstDay earlier days are left out
  /// @param lastDay later days are left out
  /// @param activities the numbers of their roll-ups, ascending; the others are left out
  /// @param singly the places of those whose people are kept apart
  LiveAccountUnits(int firstDay, int lastDay, int[] activities, BitSet singly) {
    if (lastDay - firstDay > DAY_MASK || activities.length > MOST_PLACES) {
      throw new IllegalArgumentException(
          "%d days, %d activities".formatted(lastDay - firstDay + 1, activities.length));
    }
    this.firstDay = firstDay;
    this.lastDay = lastDay;
    this.activities = activities;
    this.singly = singly;
  }

  /// Takes rows that are added to what is there, account by account. [#end] must follow.
  final class Adding implements AccountUnits {
    private long[] newKeys = new long[256];
    private long[] newUnits = new long[256];
    private int size;
    private int current = -1;

    @Override
    public void take(int account, int activity, int day, int person, long milli) {
      int place = Arrays.binarySearch(activities, activity);
      if (place < 0 || day < firstDay || day > lastDay) {
        return;
      }
      if (account != current) {
        end();
        current = account;
      }
      long key = key(place, day) | (singly.get(place) ? person : 0);
      if (size > 0 && newKeys[size - 1] == key) {
        newUnits[size - 1] += milli;
        return;
      }
      if (size == newKeys.length) {
        newKeys = Arrays.copyOf(newKeys, 2 * size);
        newUnits = Arrays.copyOf(newUnits, 2 * size);
      }
      newKeys[size] = key;
      newUnits[size++] = milli;
    }

    /// Adds what is left.
    void end() {
      if (size > 0) {
        merge(current, newKeys, newUnits, size);
      }
      size = 0;
    }
  }

  /// Begins to add.
  Adding adding() {
    return new Adding();
  }

  private long key(int place, int day) {
    return ((long) place << DAY_BITS | (day - firstDay)) << PERSON_BITS;
  }

  private void merge(int account, long[] moreKeys, long[] moreUnits, int size) {
    room(account);
    long[] oldKeys = keys(account);
    long[] oldUnits = oldKeys.length == 0 ? NONE : units[account];
    long[] madeKeys = new long[oldKeys.length + size];
    long[] madeUnits = new long[oldKeys.length + size];
    int n = 0;
    int old = 0;
    for (int i = 0; i < size; i++) {
      int upTo = Arrays.binarySearch(oldKeys, old, oldKeys.length, moreKeys[i]);
      boolean there = upTo >= 0;
      upTo = there ? upTo : -upTo - 1;
      System.arraycopy(oldKeys, old, madeKeys, n, upTo - old);
      System.arraycopy(oldUnits, old, madeUnits, n, upTo - old);
      n += upTo - old;
      old = there ? upTo + 1 : upTo;
      long sum = sum(account, there ? oldUnits[upTo] : 0, moreUnits[i]);
      if (sum != 0) {
        madeKeys[n] = moreKeys[i];
        madeUnits[n++] = sum;
      }
    }
    System.arraycopy(oldKeys, old, madeKeys, n, oldKeys.length - old);
    System.arraycopy(oldUnits, old, madeUnits, n, oldKeys.length - old);
    n += oldKeys.length - old;
    keys[account] = n == madeKeys.length ? madeKeys : Arrays.copyOf(madeKeys, n);
    units[account] = n == madeUnits.length ? madeUnits : Arrays.copyOf(madeUnits, n);
  }

  private long sum(int account, long before, long more) {
    long sum = before + more;
    if (sum < 0 || sum >= RollUp.MOST_A_DAY) {
      saturated.set(account);
      return Math.clamp(sum, 0, RollUp.MOST_A_DAY);
    }
    return sum;
  }

  private void room(int account) {
    if (account >= keys.length) {
      int size = Math.max(account + 1, keys.length * 3 / 2);
      keys = Arrays.copyOf(keys, size);
      units = Arrays.copyOf(units, size);
    }
  }

  private long[] keys(int account) {
    long[] found = account < keys.length ? keys[account] : null;
    return found == null ? NONE : found;
  }

  /// The numbers of the roll-ups that are kept.
  List<Integer> activities() {
    return Arrays.stream(activities).boxed().toList();
  }

  int firstDay() {
    return firstDay;
  }

  /// Whether units of an account have to be read from the store.
  boolean isUnsure(int account) {
    return saturated.get(account);
  }

  /// The place of an activity by the number of its roll-up.
  int place(int activity) {
    return Arrays.binarySearch(activities, activity);
  }

  /// How many rows of an activity an account has between two days, both included: people with units
  /// on a day where people are kept apart.
  int rows(int account, int place, int from, int to) {
    if (from > lastDay || to < firstDay) {
      return 0;
    }
    long[] all = keys(account);
    return at(all, key(place, Math.min(to, lastDay)) + (1L << PERSON_BITS))
        - at(all, key(place, Math.max(from, firstDay)));
  }

  private static int at(long[] all, long key) {
    int found = Arrays.binarySearch(all, key);
    return found < 0 ? -found - 1 : found;
  }

  /// Takes the units of an account on a day.
  interface Day {
    void take(int day, long milli);
  }

  /// Hands over the units of an activity by day, each person's cut at a cap.
  void each(int account, int place, long cap, Day to) {
    long[] all = keys(account);
    int end = at(all, key(place + 1, firstDay));
    for (int i = at(all, key(place, firstDay)); i < end; ) {
      long day = all[i] >>> PERSON_BITS;
      long sum = 0;
      for (; i < end && all[i] >>> PERSON_BITS == day; i++) {
        sum = Math.min(sum + Math.min(units[account][i], cap), RollUp.MOST_A_DAY);
      }
      to.take(firstDay + (int) (day & DAY_MASK), sum);
    }
  }
}
