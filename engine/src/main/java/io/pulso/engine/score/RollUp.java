package io.pulso.engine.score;

import java.util.Arrays;

/// Uncut milli-units of one activity by subject number and day. The rows of a subject lie together,
/// one for each day with units, by day; about six bytes each.
public final class RollUp {
  /// The most milli-units of a day; more are cut to this.
  public static final long MOST_A_DAY = 1_000_000_000_000L;

  /// The first row of each subject, and the end of the last.
  final int[] starts;

  /// Days since `firstDay`, by row.
  final char[] days;

  /// By row, in parts of `unit` milli-units; empty where `large` is used.
  final int[] small;

  /// By row, in milli-units; empty where `small` is used.
  final long[] large;

  final int firstDay;

  /// Milli-units that 1 in `small` stands for: 1000 where only whole units are counted, else 1.
  final int unit;

  /// The most milli-units of any row.
  final long most;

  RollUp(int[] starts, char[] days, int[] small, long[] large, int firstDay, int unit, long most) {
    this.starts = starts;
    this.days = days;
    this.small = small;
    this.large = large;
    this.firstDay = firstDay;
    this.unit = unit;
    this.most = most;
  }

  /// For rows in any order; quickest when they come by subject and day.
  public static RollUpBuilder builder(int subjects) {
    return new RollUpBuilder(subjects);
  }

  /// Nobody did anything.
  public static RollUp empty(int subjects) {
    return new RollUp(new int[subjects + 1], new char[0], new int[0], new long[0], 0, 1000, 0);
  }

  public int subjects() {
    return starts.length - 1;
  }

  public int rows() {
    return days.length;
  }

  /// The first row of a subject.
  public int from(int subject) {
    return starts[subject];
  }

  /// The end of a subject's rows, excluded.
  public int to(int subject) {
    return starts[subject + 1];
  }

  public int day(int row) {
    return firstDay + days[row];
  }

  public long units(int row) {
    return large.length > 0 ? large[row] : (long) small[row] * unit;
  }

  /// Room that it takes in memory.
  public long bytes() {
    return 4L * starts.length + 2L * days.length + 4L * small.length + 8L * large.length;
  }

  /// The rows of one subject.
  public SubjectUnits.Days of(int subject) {
    int[] ofDays = new int[to(subject) - from(subject)];
    long[] ofUnits = new long[ofDays.length];
    Arrays.setAll(ofDays, i -> day(from(subject) + i));
    Arrays.setAll(ofUnits, i -> units(from(subject) + i));
    return new SubjectUnits.Days(ofDays, ofUnits);
  }

  /// Only the rows of these days, both included: less to read when many scores of few days are
  /// asked.
  public RollUp between(int from, int to) {
    RollUpBuilder builder = builder(subjects());
    for (int subject = 0; subject < subjects(); subject++) {
      for (int row = from(subject); row < to(subject); row++) {
        if (from <= day(row) && day(row) <= to) {
          builder.add(subject, day(row), units(row));
        }
      }
    }
    return builder.build();
  }

  /// The number of days since `firstDay` that rows can speak of.
  int span() {
    char last = 0;
    for (char day : days) {
      last = day > last ? day : last;
    }
    return days.length == 0 ? 0 : last + 1;
  }
}
