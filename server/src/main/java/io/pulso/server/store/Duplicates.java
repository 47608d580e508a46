package io.pulso.server.store;

/// Finds and removes records of an import whose message id its source has sent before: a stored
/// record stays, and of the copies of one import the one with the least (received_at, place).
final class Duplicates {
  private static final long ROWS_AT_ONCE = 20_000_000;

  private final Db db;
  private final int number;

  Duplicates(Db db, int number) {
    this.db = db;
    this.number = number;
  }

  /// How many were removed.
  long remove() {
    db.run("CREATE OR REPLACE TEMP TABLE doubled (source INTEGER, message UUID)");
    long added = count("import = " + number);
    long all = count("TRUE");
    if (added * 20 < all) {
      // Few new rows: look only at their ids.
      find(
          "message IN (SELECT message FROM event WHERE import = %1$d UNION ALL SELECT message FROM call WHERE import = %1$d)"
              .formatted(number));
    } else {
      long parts = all / ROWS_AT_ONCE + 1;
      for (long part = 0; part < parts; part++) {
        find(parts == 1 ? "TRUE" : "hash(message) %% %d = %d".formatted(parts, part));
      }
    }
    long removed = 0;
    if (db.number("SELECT COUNT(*) FROM doubled") > 0) {
      removed = removeLosers();
    }
    db.run("DROP TABLE doubled");
    return removed;
  }

  private long count(String which) {
    return db.number(
        "SELECT (SELECT COUNT(*) FROM event WHERE %1$s) + (SELECT COUNT(*) FROM call WHERE %1$s)"
            .formatted(which));
  }

  private void find(String which) {
    db.run(
        """
        INSERT INTO doubled
        SELECT source, message FROM (
          SELECT source, message, import FROM event WHERE %1$s
          UNION ALL
          SELECT source, message, import FROM call WHERE %1$s)
        GROUP BY source, message HAVING COUNT(*) > 1 AND MAX(import) = %2$d
        """
            .formatted(which, number));
  }

  private long removeLosers() {
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE loser AS
        SELECT seq FROM (
          SELECT seq, import, ROW_NUMBER() OVER (PARTITION BY source, message ORDER BY import, received, seq) AS rank
          FROM (
            SELECT source, message, import, seq, COALESCE(received_at, occurred_at) AS received
            FROM event WHERE message IN (SELECT message FROM doubled)
            UNION ALL
            SELECT source, message, import, seq, COALESCE(received_at, occurred_at)
            FROM call WHERE message IN (SELECT message FROM doubled)))
        WHERE rank > 1 AND import = %d
        """
            .formatted(number));
    long removed = db.number("SELECT COUNT(*) FROM loser");
    for (String table : new String[] {"event", "call"}) {
      db.run(
          "DELETE FROM %s WHERE import = %d AND seq IN (SELECT seq FROM loser)"
              .formatted(table, number));
    }
    db.run("DROP TABLE loser");
    return removed;
  }
}
