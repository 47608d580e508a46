package io.pulso.engine.score;

import java.util.Arrays;
import java.util.List;

/// The uncut milli-units of one subject, for each activity of a model in its order.
public record SubjectUnits(List<Days> byActivity) {
  public SubjectUnits {
    byActivity = List.copyOf(byActivity);
  }

  /// Milli-units by day; the days ascend.
  @SuppressWarnings("ArrayRecordComponent")
  public record Days(int[] days, long[] units) {
    public static final Days NONE = new Days(new int[0], new long[0]);

    /// Those of one day.
    public long on(int day) {
      int place = Arrays.binarySearch(days, day);
      return place < 0 ? 0 : units[place];
    }

    private Days between(int from, int to) {
      int first = place(from);
      int end = Math.max(first, place(to + 1));
      return new Days(Arrays.copyOfRange(days, first, end), Arrays.copyOfRange(units, first, end));
    }

    private int place(int day) {
      int place = Arrays.binarySearch(days, day);
      return place < 0 ? -place - 1 : place;
    }
  }

  /// Those between two days, both included.
  public SubjectUnits between(int from, int to) {
    return new SubjectUnits(byActivity.stream().map(days -> days.between(from, to)).toList());
  }

  /// Those of one subject out of everybody's.
  public static SubjectUnits of(List<RollUp> units, int subject) {
    return new SubjectUnits(units.stream().map(rollUp -> rollUp.of(subject)).toList());
  }
}
