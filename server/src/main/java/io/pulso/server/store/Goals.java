package io.pulso.server.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a team wants metrics to be, by when: one goal for each metric.
public final class Goals {
  private final Db db;

  Goals(Db db) {
    this.db = db;
  }

  /// One of them.
  ///
  /// @param days over how many days the metric is asked
  /// @param firstDay the day on which the goal was set
  /// @param lastDay the day by which it is to be reached
  /// @param began what the metric was when it was set; null where it had no value
  public record Row(
      String metric,
      double target,
      int days,
      int firstDay,
      int lastDay,
      @Nullable Double began,
      String author) {}

  /// All of them, the nearest end first.
  public List<Row> all() {
    return rows("TRUE ORDER BY last_day, metric");
  }

  public Optional<Row> find(String metric) {
    return rows("metric = ?", metric).stream().findFirst();
  }

  /// Sets the goal of a metric in place of one that it had.
  ///
  /// @param at in microseconds
  public void set(Row goal, long at) {
    db.inTransaction(() -> {
      db.run("DELETE FROM goal WHERE metric = ?", goal.metric());
      return db.run(
          "INSERT INTO goal VALUES (?, ?, ?, ?, ?, ?, ?, make_timestamptz(?))",
          goal.metric(),
          goal.target(),
          goal.days(),
          goal.firstDay(),
          goal.lastDay(),
          goal.began(),
          goal.author(),
          at);
    });
  }

  /// Removes the goal of a metric; false where there is none.
  public boolean remove(String metric) {
    return db.locked(() -> db.run("DELETE FROM goal WHERE metric = ?", metric) > 0);
  }

  private List<Row> rows(String which, Object... values) {
    return db.list(
        "SELECT metric, target, days, first_day, last_day, began, author FROM goal WHERE " + which,
        row -> {
          double began = row.getDouble(6);
          Double known = row.wasNull() ? null : (Double) began;
          return new Row(
              row.getString(1),
              row.getDouble(2),
              row.getInt(3),
              row.getInt(4),
              row.getInt(5),
              known,
              row.getString(7));
        },
        values);
  }
}
