package io.pulso.server.store;

import io.pulso.engine.sql.RollUpSql;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is to be added to the stored roll-up: rows that batches append, which is much quicker than
/// to change rows among millions of others.
final class RollUpTail {
  /// The tail is summed up when it has this many rows, and again when it has doubled.
  private static final long MANY = 500_000;

  private final Db db;

  RollUpTail(Db db) {
    this.db = db;
    for (String table : List.of("new_units", "changed_units")) {
      db.run(
          "CREATE OR REPLACE TEMP TABLE %s AS SELECT * FROM rollup_tail LIMIT 0".formatted(table));
    }
  }

  /// Adds units, once they are written.
  ///
  /// @param units a query of them: activity, subject, account, day, units
  void add(String units) {
    db.run(
        "INSERT INTO new_units SELECT activity, subject, account, day, units FROM (%s)"
            .formatted(units));
  }

  /// Writes what was added, to the temporary table `changed_units` as well.
  void write() {
    db.run("INSERT INTO rollup_tail SELECT * FROM new_units");
    db.run("INSERT INTO changed_units SELECT * FROM new_units");
    db.run("DELETE FROM new_units");
  }

  /// Makes units of some activities, subjects and days what a query says.
  ///
  /// @param subjects a query of them
  /// @param range null for all days
  void replace(
      String units,
      List<RollUpSql.Read> activities,
      String subjects,
      RollUpSql.@Nullable Days range) {
    String within =
        range == null ? "" : " AND day BETWEEN %d AND %d".formatted(range.first(), range.last());
    String old =
        "activity IN (%s) AND subject IN (%s)%s"
            .formatted(
                activities.stream()
                    .map(read -> String.valueOf(read.number()))
                    .collect(Collectors.joining(", ")),
                subjects,
                within);
    add(
        """
        SELECT activity, subject, account, day, CAST(SUM(units) AS BIGINT) AS units FROM (
          SELECT activity, subject, account, day, units FROM (%1$s)
          UNION ALL SELECT activity, subject, account, day, -units FROM rollup WHERE %2$s
          UNION ALL SELECT activity, subject, account, day, -units FROM rollup_tail WHERE %2$s)
        GROUP BY activity, subject, account, day HAVING SUM(units) <> 0
        """
            .formatted(units, old));
  }

  /// Sums it up when it has grown much.
  void squeeze() {
    long rows = db.number("SELECT COUNT(*) FROM rollup_tail");
    long summed =
        db.number(
            "SELECT COALESCE(MAX(CAST(value AS BIGINT)), 0) FROM setting WHERE name = 'tail'");
    if (rows < MANY || rows < 2 * summed) {
      return;
    }
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE squeezed AS
        SELECT activity, subject, account, day, CAST(SUM(units) AS BIGINT) AS units FROM rollup_tail
        GROUP BY activity, subject, account, day HAVING SUM(units) <> 0
        """);
    db.run("DELETE FROM rollup_tail");
    db.run("INSERT INTO rollup_tail SELECT * FROM squeezed ORDER BY activity, subject, day");
    db.run("DROP TABLE squeezed");
    db.run("DELETE FROM setting WHERE name = 'tail'");
    db.run("INSERT INTO setting SELECT 'tail', CAST(COUNT(*) AS VARCHAR) FROM rollup_tail");
  }

  /// Moves it into the roll-up itself.
  void fold() {
    if (db.number("SELECT COUNT(*) FROM rollup_tail") == 0) {
      return;
    }
    String same =
        "EXISTS (SELECT 1 FROM rollup_tail t WHERE t.activity = r.activity AND t.subject = r.subject AND t.account = r.account AND t.day = r.day)";
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE folded AS
        SELECT activity, subject, account, day, CAST(LEAST(SUM(units), 1000000000000) AS BIGINT) AS units FROM (
          SELECT * FROM rollup_tail UNION ALL SELECT * FROM rollup r WHERE %s)
        GROUP BY activity, subject, account, day HAVING SUM(units) > 0
        """
            .formatted(same));
    db.run("DELETE FROM rollup r WHERE " + same);
    db.run("INSERT INTO rollup SELECT * FROM folded ORDER BY activity, subject, day");
    db.run("DELETE FROM rollup_tail");
    db.run("DELETE FROM setting WHERE name = 'tail'");
    db.run("DROP TABLE folded");
  }
}
