package io.pulso.server.store;

import java.util.List;

/// The completed days whose changes are watched: which of them were changed since when.
///
/// @param last the last of them
/// @param revision how often what is stored has changed them
/// @param touches from which days on it was changed, and the revision since then
public record CountedDays(int last, long revision, List<Touch> touches) {
  /// All days from one on are changed.
  record Touch(int firstDay, long revision) {}

  public CountedDays {
    touches = List.copyOf(touches);
  }

  static CountedDays of(Db db) {
    List<Touch> touches =
        db.list(
            "SELECT first_day, revision FROM touched_day",
            row -> new Touch(row.getInt(1), row.getLong(2)));
    return db.list(
            "SELECT last_day, revision FROM counted_day",
            row -> new CountedDays(row.getInt(1), row.getLong(2), touches))
        .getFirst();
  }

  /// Whether a change of a day or of an earlier one would be noted.
  public boolean watches(int day) {
    return day <= last;
  }

  /// Whether what was found of a completed day in a revision is still right, and would be known not
  /// to be.
  public boolean isRight(int day, long since) {
    return watches(day) && holds(day, since);
  }

  /// Whether what was found of days up to one in a revision is still right.
  public boolean holds(int day, long since) {
    return touches.stream().allMatch(touch -> touch.firstDay() > day || touch.revision() <= since);
  }
}
