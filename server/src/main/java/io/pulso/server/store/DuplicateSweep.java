package io.pulso.server.store;

/// Finds and removes copies of messages among all stored records, those that came since the last
/// sweep beside all others. Of several copies the one of the first import stays, and of one import
/// the one with the least (received_at, place).
final class DuplicateSweep {
  private static final String SETTING = "swept_import";
  private static final long ROWS_AT_ONCE = 12_000_000;

  /// Above this part of all records, looking at everything is quicker than looking new ones up.
  private static final int SHARE = 20;

  private final Db db;

  DuplicateSweep(Db db) {
    this.db = db;
  }

  /// Removes them and adds them to `changed_record`. Each import counts its copies as duplicates
  /// then.
  ///
  /// @return how many were removed
  long run() {
    long since =
        db.number("SELECT MAX(CAST(value AS INTEGER)) FROM setting WHERE name = '" + SETTING + "'");
    db.run("CREATE OR REPLACE TEMP TABLE doubled (source INTEGER, message UUID)");
    find(since);
    long removed = db.number("SELECT COUNT(*) FROM doubled") == 0 ? 0 : remove();
    db.run("DROP TABLE doubled");
    db.run("DELETE FROM setting WHERE name = '" + SETTING + "'");
    db.run(
        "INSERT INTO setting SELECT '%s', CAST(COALESCE(MAX(no), 0) AS VARCHAR) FROM import"
            .formatted(SETTING));
    return removed;
  }

  private void find(long since) {
    String recent = "import > " + since;
    long added = count(recent);
    long all = count("TRUE");
    if (added == 0) {
      return;
    }
    if (added * SHARE < all) {
      find(
          "message IN (SELECT message FROM event WHERE %1$s UNION ALL SELECT message FROM call WHERE %1$s)"
              .formatted(recent),
          since);
      return;
    }
    long parts = all / ROWS_AT_ONCE + 1;
    for (long part = 0; part < parts; part++) {
      find(parts == 1 ? "TRUE" : "hash(message) %% %d = %d".formatted(parts, part), since);
    }
  }

  private long count(String which) {
    return db.number(
        "SELECT (SELECT COUNT(*) FROM event WHERE %1$s) + (SELECT COUNT(*) FROM call WHERE %1$s)"
            .formatted(which));
  }

  private void find(String which, long since) {
    db.run(
        """
        INSERT INTO doubled
        SELECT source, message FROM (
          SELECT source, message, import FROM event WHERE %1$s
          UNION ALL
          SELECT source, message, import FROM call WHERE %1$s)
        GROUP BY source, message HAVING COUNT(*) > 1 AND MAX(import) > %2$d
        """
            .formatted(which, since));
  }

  private long remove() {
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE loser AS
        SELECT import, seq FROM (
          SELECT import, seq, ROW_NUMBER() OVER (PARTITION BY source, message ORDER BY import, received, seq) AS rank
          FROM (
            SELECT source, message, import, seq, COALESCE(received_at, occurred_at) AS received
            FROM event WHERE (source, message) IN (SELECT (source, message) FROM doubled)
            UNION ALL
            SELECT source, message, import, seq, COALESCE(received_at, occurred_at)
            FROM call WHERE (source, message) IN (SELECT (source, message) FROM doubled)))
        WHERE rank > 1
        """);
    for (String table : ChangedRecords.TABLES) {
      ChangedRecords.add(db, table, "0", "JOIN loser l ON l.import = r.import AND l.seq = r.seq");
      db.run(
          "DELETE FROM %s WHERE (import, seq) IN (SELECT (import, seq) FROM loser)"
              .formatted(table));
    }
    db.run(
        """
        UPDATE import SET stored = stored - l.rows, duplicates = duplicates + l.rows
        FROM (SELECT import AS no, COUNT(*) AS rows FROM loser GROUP BY import) l WHERE l.no = import.no
        """);
    long removed = db.number("SELECT COUNT(*) FROM loser");
    db.run("DROP TABLE loser");
    return removed;
  }
}
