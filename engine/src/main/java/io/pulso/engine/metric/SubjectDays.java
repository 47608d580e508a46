package io.pulso.engine.metric;

import java.util.function.IntPredicate;

/// On which days each subject was there, by their numbers: a bit for each day, in blocks of days;
/// ten bytes for each block in which somebody was there.
public final class SubjectDays {
  /// The days of a block; the bits of one are never negative.
  public static final int BLOCK = 63;

  /// After all days: there is none.
  public static final int NEVER = Integer.MAX_VALUE;

  private final int base;

  /// The first row of each subject, and the end of the last.
  private final int[] starts;

  /// The block of each row; those of a subject ascend.
  private final char[] blocks;

  /// The days of each row; never 0.
  private final long[] bits;

  SubjectDays(int base, int[] starts, char[] blocks, long[] bits) {
    this.base = base;
    this.starts = starts;
    this.blocks = blocks;
    this.bits = bits;
  }

  /// For days in any order.
  ///
  /// @param base the first day; the first one of block 0
  public static SubjectDaysBuilder builder(int subjects, int base) {
    return new SubjectDaysBuilder(subjects, base);
  }

  /// Nobody was there.
  public static SubjectDays empty(int subjects) {
    return builder(subjects, 0).build();
  }

  public int subjects() {
    return starts.length - 1;
  }

  public boolean isEmpty(int subject) {
    return starts[subject] == starts[subject + 1];
  }

  /// The first day of all, or [#NEVER].
  public int first(int subject) {
    return next(subject, base);
  }

  /// The first day that is not before another one, or [#NEVER].
  public int next(int subject, int day) {
    int from = Math.max(0, day - base);
    int block = from / BLOCK;
    int end = starts[subject + 1];
    // Each row is of a later block than the one before, so it is not further on than this.
    int row = Math.min(starts[subject] + block, end);
    while (row > starts[subject] && blocks[row - 1] >= block) {
      row--;
    }
    if (row < end && blocks[row] == block) {
      long left = bits[row] >>> (from % BLOCK);
      if (left != 0) {
        return base + from + Long.numberOfTrailingZeros(left);
      }
      row++;
    }
    return row < end ? base + blocks[row] * BLOCK + Long.numberOfTrailingZeros(bits[row]) : NEVER;
  }

  /// The last day that is not after another one, or [#NEVER].
  public int previous(int subject, int day) {
    int to = day - base;
    int block = to < 0 ? -1 : to / BLOCK;
    int row = Math.min(starts[subject] + block, starts[subject + 1] - 1);
    while (row >= starts[subject] && blocks[row] > block) {
      row--;
    }
    if (row >= starts[subject] && blocks[row] == block) {
      long left = bits[row] & (-1L >>> (BLOCK - to % BLOCK));
      if (left != 0) {
        return last(blocks[row], left);
      }
      row--;
    }
    return row >= starts[subject] ? last(blocks[row], bits[row]) : NEVER;
  }

  private int last(int block, long days) {
    return base + block * BLOCK + Long.SIZE - 1 - Long.numberOfLeadingZeros(days);
  }

  /// Whether there is a day between two, both included.
  public boolean isWithin(int subject, int first, int last) {
    return next(subject, first) <= last;
  }

  /// How many days of subjects there are.
  public long size() {
    long size = 0;
    for (long row : bits) {
      size += Long.bitCount(row);
    }
    return size;
  }

  /// For each day between two, both included, how many different subjects were there on it or on
  /// the days of the window before it.
  ///
  /// @param who which subjects count
  /// @param window days, at least 1
  public int[] trailing(IntPredicate who, int first, int last, int window) {
    int length = last - first + 1;
    int[] changes = new int[length + 1];
    for (int subject = 0; subject < subjects(); subject++) {
      if (!isEmpty(subject) && who.test(subject)) {
        cover(subject, first, length, window, changes);
      }
    }
    int[] counts = new int[length];
    int now = 0;
    for (int i = 0; i < length; i++) {
      now += changes[i];
      counts[i] = now;
    }
    return counts;
  }

  /// Adds the days that a subject's runs of days reach: where each begins and ends to be counted.
  private void cover(int subject, int first, int length, int window, int[] changes) {
    int covered = 0;
    for (int row = starts[subject]; row < starts[subject + 1]; row++) {
      long left = bits[row];
      int day = base + blocks[row] * BLOCK - first;
      while (left != 0) {
        int gap = Long.numberOfTrailingZeros(left);
        int run = Long.numberOfTrailingZeros(~(left >>> gap));
        int from = Math.max(covered, day + gap);
        int to = Math.min(length, day + gap + run - 1 + window);
        if (from < to) {
          changes[from]++;
          changes[to]--;
          covered = to;
        }
        left = left >>> gap >>> run;
        day += gap + run;
      }
    }
  }
}
