package io.pulso.server.store;

import io.pulso.engine.time.LocalDays;

/// From which local day on the counts of completed days may be wrong: written in the transaction
/// that changes what is stored.
final class TouchedDays {
  /// Earlier than any day.
  static final int ALL = Integer.MIN_VALUE;

  private final Db db;

  TouchedDays(Db db) {
    this.db = db;
  }

  /// Says that a day and all later ones may have other scores than before.
  void touch(int firstDay) {
    if (db.number("SELECT COUNT(*) FROM counted_day WHERE last_day >= ?", firstDay) > 0) {
      db.run("UPDATE counted_day SET revision = revision + 1");
      db.run("DELETE FROM touched_day WHERE first_day >= ?", firstDay);
      db.run("INSERT INTO touched_day SELECT ?, revision FROM counted_day", firstDay);
    }
  }

  /// The earliest day that an instant or a later one is on: clocks that are set back at midnight
  /// repeat a day.
  static int firstDay(LocalDays days, long micros) {
    int day = days.day(micros);
    return micros < days.end(day - 1) ? day - 1 : day;
  }
}
