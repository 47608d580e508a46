package io.pulso.server.store;

import java.util.List;

/// The order of the roll-up's rows in the file. Each import adds rows that are sorted among
/// themselves alone, so that those of one subject come to lie all over the table; sorted by
/// activity and subject, a question about one subject reads a few groups of rows instead of all.
final class RollUpOrder {
  /// Fewer rows are read in a moment in any order.
  static final long FEW = 1_000_000;

  /// More groups of rows than this for each activity are too many: sorted ones need one or two.
  private static final int GROUPS = 3;

  private final Db db;

  RollUpOrder(Db db) {
    this.db = db;
  }

  /// Sorts it where that is worth it.
  long orderIfDue() {
    return isDue() ? order() : 0;
  }

  /// Whether a question about one subject reads many groups of rows.
  boolean isDue() {
    return db.number("SELECT COUNT(*) FROM rollup") >= FEW
        && groups() > (double) GROUPS * (activities().size() + 2);
  }

  /// How many groups of rows may hold those of one subject, on average over all subjects; as many
  /// as their least and greatest subjects say.
  double groups() {
    return db.list(
            """
            WITH part AS (
              SELECT row_group_id, regexp_extract(stats, 'Min: (\\d+), Max: (\\d+)', ['least', 'most']) AS of
              FROM pragma_storage_info('rollup')
              WHERE column_name = 'subject' AND segment_type <> 'VALIDITY'),
            held AS (
              SELECT MIN(TRY_CAST(of.least AS BIGINT)) AS least, MAX(TRY_CAST(of.most AS BIGINT)) AS most
              FROM part GROUP BY row_group_id)
            SELECT COALESCE(CAST(SUM(most - least + 1) AS DOUBLE) / (MAX(most) - MIN(least) + 1), 0) FROM held
            """,
            row -> row.getDouble(1))
        .getFirst();
  }

  private List<Integer> activities() {
    return db.list("SELECT no FROM rollup_activity ORDER BY no", row -> row.getInt(1));
  }

  /// Sorts it, one activity after the other, so that nobody waits long.
  long order() {
    long rows = 0;
    for (int activity : activities()) {
      rows += db.inTransaction(() -> order(activity));
    }
    db.run("CHECKPOINT");
    return rows;
  }

  private long order(int activity) {
    db.run(
        "CREATE OR REPLACE TEMP TABLE ordered AS SELECT * FROM rollup WHERE activity = %d ORDER BY subject, account, day"
            .formatted(activity));
    db.run("DELETE FROM rollup WHERE activity = " + activity);
    long rows = db.run("INSERT INTO rollup SELECT * FROM ordered");
    db.run("DROP TABLE ordered");
    return rows;
  }
}
