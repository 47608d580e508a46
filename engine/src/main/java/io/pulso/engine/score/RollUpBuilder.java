package io.pulso.engine.score;

import java.util.Arrays;
import java.util.Objects;

/// Collects the rows of a roll-up. Rows of the same subject and day add up and saturate.
///
/// A row is kept in one `long`, the day above 40 bits of milli-units, so that sorting rows sorts
/// days; the subjects of rows are kept only once rows come out of order.
public final class RollUpBuilder {
  private static final int UNIT_BITS = 40;
  private static final long UNIT_MASK = (1L << UNIT_BITS) - 1;
  private static final int FARTHEST_DAY = 1 << 22;
  private static final int LONGEST_SPAN = Character.MAX_VALUE;

  private final int[] counts;
  private long[] rows = new long[16];
  private int[] subjects = {};
  private int size;
  private boolean ordered = true;
  private int lastSubject;

  RollUpBuilder(int subjects) {
    this.counts = new int[subjects];
  }

  /// Rows of the same subject and day add up.
  ///
  /// @param units milli-units, not negative
  public RollUpBuilder add(int subject, int day, long units) {
    Objects.checkIndex(subject, counts.length);
    if (units < 0 || day <= -FARTHEST_DAY || day >= FARTHEST_DAY) {
      throw new IllegalArgumentException("day %d with %d milli-units".formatted(day, units));
    }
    if (units > 0) {
      append(
          subject, (long) (day + FARTHEST_DAY) << UNIT_BITS | Math.min(units, RollUp.MOST_A_DAY));
    }
    return this;
  }

  /// The first `n` rows of three columns.
  public RollUpBuilder add(int[] subject, int[] day, long[] units, int n) {
    for (int i = 0; i < n; i++) {
      add(subject[i], day[i], units[i]);
    }
    return this;
  }

  private void append(int subject, long row) {
    if (ordered && size > 0 && !follows(subject, row)) {
      return;
    }
    if (size == rows.length) {
      grow();
    }
    if (!ordered) {
      subjects[size] = subject;
    }
    rows[size++] = row;
    counts[subject]++;
    lastSubject = subject;
  }

  /// Whether the row is still to be appended, having noticed whether it is in order.
  private boolean follows(int subject, long row) {
    long last = rows[size - 1];
    if (subject == lastSubject && day(row) == day(last)) {
      rows[size - 1] = sum(last, row);
      return false;
    }
    if (subject < lastSubject || (subject == lastSubject && row < last)) {
      loseOrder();
    }
    return true;
  }

  private void loseOrder() {
    ordered = false;
    subjects = new int[rows.length];
    int row = 0;
    for (int subject = 0; subject < counts.length; subject++) {
      Arrays.fill(subjects, row, row + counts[subject], subject);
      row += counts[subject];
    }
  }

  private void grow() {
    int capacity = Math.addExact(size, (size >> 1) + 16);
    rows = Arrays.copyOf(rows, capacity);
    if (!ordered) {
      subjects = Arrays.copyOf(subjects, capacity);
    }
  }

  /// Ends the collecting; the builder must not be used again.
  public RollUp build() {
    if (!ordered) {
      sort();
    }
    int[] starts = new int[counts.length + 1];
    for (int subject = 0; subject < counts.length; subject++) {
      starts[subject + 1] = starts[subject] + counts[subject];
    }
    return columns(starts);
  }

  /// Brings rows together by subject, then each subject's by day, adding up those of one day.
  private void sort() {
    int[] ends = new int[counts.length];
    for (int subject = 1; subject < counts.length; subject++) {
      ends[subject] = ends[subject - 1] + counts[subject - 1];
    }
    long[] sorted = new long[size];
    for (int row = 0; row < size; row++) {
      sorted[ends[subjects[row]]++] = rows[row];
    }
    subjects = new int[0];
    rows = sorted;
    size = 0;
    for (int subject = 0; subject < counts.length; subject++) {
      Arrays.sort(rows, ends[subject] - counts[subject], ends[subject]);
      counts[subject] = mergeDays(ends[subject] - counts[subject], ends[subject]);
    }
  }

  /// Moves a subject's sorted rows to the end of those already merged, one a day; their number.
  private int mergeDays(int from, int to) {
    int first = size;
    for (int row = from; row < to; row++) {
      if (size > first && day(rows[row]) == day(rows[size - 1])) {
        rows[size - 1] = sum(rows[size - 1], rows[row]);
      } else {
        rows[size++] = rows[row];
      }
    }
    return size - first;
  }

  private RollUp columns(int[] starts) {
    long first = Long.MAX_VALUE;
    long last = 0;
    long most = 0;
    boolean whole = true;
    for (int row = 0; row < size; row++) {
      long units = units(rows[row]);
      first = Math.min(first, day(rows[row]));
      last = Math.max(last, day(rows[row]));
      most = Math.max(most, units);
      whole &= units % 1000 == 0;
    }
    if (last - first > LONGEST_SPAN) {
      throw new IllegalArgumentException("the days of a roll-up span more than 179 years");
    }
    int unit = whole ? 1000 : 1;
    boolean isSmall = most / unit <= Integer.MAX_VALUE;
    char[] days = new char[size];
    int[] small = new int[isSmall ? size : 0];
    long[] large = new long[isSmall ? 0 : size];
    for (int row = 0; row < size; row++) {
      days[row] = (char) (day(rows[row]) - first);
      if (isSmall) {
        small[row] = (int) (units(rows[row]) / unit);
      } else {
        large[row] = units(rows[row]);
      }
    }
    int firstDay = size == 0 ? 0 : (int) (first - FARTHEST_DAY);
    return new RollUp(starts, days, small, large, firstDay, isSmall ? unit : 1, most);
  }

  private static long day(long row) {
    return row >> UNIT_BITS;
  }

  private static long units(long row) {
    return row & UNIT_MASK;
  }

  private static long sum(long row, long other) {
    long units = Math.min(units(row) + units(other), RollUp.MOST_A_DAY);
    return day(row) << UNIT_BITS | units;
  }
}
