package io.pulso.server.store;

import java.util.List;

/// Stored records whose part in everything derived changes, in the temporary table
/// `changed_record`: those that are let in, left out or removed.
final class ChangedRecords {
  static final List<String> TABLES = List.of("event", "call");

  private ChangedRecords() {}

  static void create(Db db) {
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE changed_record (
          import INTEGER, seq BIGINT, excluded INTEGER, type VARCHAR,
          person INTEGER, anonymous INTEGER, previous INTEGER, account INTEGER)
        """);
  }

  /// Adds records.
  ///
  /// @param excluded what their column will be, as SQL
  /// @param which of the records `r`, as what follows FROM
  static void add(Db db, String table, String excluded, String which) {
    boolean calls = table.equals("call");
    db.run(
        "INSERT INTO changed_record SELECT r.import, r.seq, %s, %s, r.person, r.anonymous, %s, r.account FROM %s r %s"
            .formatted(
                excluded,
                calls ? "r.type" : "'event'",
                calls ? "r.previous" : "NULL",
                table,
                which));
  }

  static long count(Db db) {
    return db.number("SELECT COUNT(*) FROM changed_record");
  }

  static void drop(Db db) {
    db.run("DROP TABLE IF EXISTS changed_record");
  }
}
