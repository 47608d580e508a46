package io.pulso.server.store;

import io.pulso.engine.time.LocalDays;
import java.util.List;

/// Makes the derived tables from events and calls: links, subjects, traits and memberships over
/// time. The target is the store itself, or tables beside it that hold what was known at an earlier
/// instant.
final class Derivation {
  private static final List<String> MADE =
      List.of(
          "link",
          "merged",
          "refused_link",
          "person_seen",
          "subject",
          "account_subject",
          "trait_state",
          "account_state",
          "membership",
          "rollup_activity",
          "rollup",
          "session",
          "session_due");

  private final Db db;
  private final LocalDays days;
  private final Tables tables;

  Derivation(Db db, LocalDays days, Tables tables) {
    this.db = db;
    this.days = days;
    this.tables = tables;
  }

  /// Makes empty temporary tables for a state of knowledge of its own.
  void createTables() {
    for (String table : MADE) {
      db.run(
          "CREATE OR REPLACE TEMP TABLE %s AS SELECT * FROM %s LIMIT 0"
              .formatted(tables.name(table), table));
    }
  }

  void dropTables() {
    MADE.forEach(table -> db.run("DROP TABLE IF EXISTS " + tables.name(table)));
  }

  /// Makes all of them anew.
  void run() {
    new LinkRows(db, tables).all();
    new SubjectRows(db, days, tables).all();
    new StateRows(db, tables).all();
    new SessionDue(db, tables).all();
  }
}
