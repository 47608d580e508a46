package io.pulso.engine.metric;

import io.pulso.engine.score.RollUp;
import java.util.function.IntPredicate;

/// On how many days who was active, counted for windows that move day by day.
public final class ActiveDays {
  private ActiveDays() {}

  /// For each day between two, both included, how many different subjects were active on it or on
  /// the days of the window before it.
  ///
  /// @param active rows on the days on which a subject was active
  /// @param who which subjects count
  /// @param window days, at least 1
  public static int[] trailing(RollUp active, IntPredicate who, int first, int last, int window) {
    int length = last - first + 1;
    int[] changes = new int[length + 1];
    for (int subject = 0; subject < active.subjects(); subject++) {
      if (active.from(subject) < active.to(subject) && who.test(subject)) {
        cover(active, subject, first, length, window, changes);
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

  /// Adds the days that a subject's active days reach: where each begins and ends to be counted.
  private static void cover(
      RollUp active, int subject, int first, int length, int window, int[] changes) {
    int covered = 0;
    for (int row = active.from(subject); row < active.to(subject); row++) {
      int day = active.day(row) - first;
      int from = Math.max(covered, day);
      int to = Math.min(length, day + window);
      if (active.units(row) > 0 && from < to) {
        changes[from]++;
        changes[to]--;
        covered = to;
      }
    }
  }
}
