package io.pulso.server.summary;

import io.pulso.engine.score.RollUp;
import java.util.Arrays;

/// The last active day of everybody up to a day that goes on.
final class ActiveDays {
  private final RollUp active;
  private final int[] next;
  private final int[] last;

  /// @param before a day before all of them
  ActiveDays(RollUp active, int before) {
    this.active = active;
    this.next = new int[active.subjects()];
    this.last = new int[active.subjects()];
    Arrays.setAll(next, active::from);
    Arrays.fill(last, before);
  }

  /// Goes on to a day, which is not before the one reached.
  void to(int day) {
    for (int subject = 0; subject < next.length; subject++) {
      int row = next[subject];
      int end = active.to(subject);
      while (row < end && active.day(row) <= day) {
        last[subject] = active.day(row);
        row++;
      }
      next[subject] = row;
    }
  }

  /// Whether a subject was active on a day or later, up to the one reached.
  boolean since(int subject, int day) {
    return last[subject] >= day;
  }
}
