package io.pulso.server.store;

import java.util.List;

/// Whom the newest imports touch: subjects of new records, of changed links and of accounts whose
/// traits changed, and all ids that belong to them. Needs the links as they are and as they were
/// (`merged_before`).
final class Touched {
  static final List<String> TABLES =
      List.of("touched_subject", "touched_person", "touched_account");

  private final Db db;

  Touched(Db db) {
    this.db = db;
  }

  /// Makes the temporary tables `touched_subject`, `touched_person` and `touched_account`.
  ///
  /// @param first the number of the first import
  void find(int first) {
    db.run(
        "CREATE OR REPLACE TEMP TABLE touched_account AS SELECT DISTINCT account FROM call WHERE import >= %d AND type = 'group' AND account IS NOT NULL"
            .formatted(first));
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE touched_id AS
        SELECT person FROM event WHERE import >= %1$d AND person IS NOT NULL
        UNION SELECT anonymous FROM event WHERE import >= %1$d AND anonymous IS NOT NULL
        UNION SELECT person FROM call WHERE import >= %1$d AND person IS NOT NULL
        UNION SELECT anonymous FROM call WHERE import >= %1$d AND anonymous IS NOT NULL
        UNION SELECT previous FROM call WHERE import >= %1$d AND previous IS NOT NULL
        UNION SELECT person FROM (SELECT * FROM merged EXCEPT SELECT * FROM merged_before)
        UNION SELECT person FROM (SELECT * FROM merged_before EXCEPT SELECT * FROM merged)
        UNION SELECT person FROM event WHERE account IN (SELECT account FROM call WHERE import >= %1$d AND type = 'group')
        UNION SELECT subject FROM membership WHERE account IN (SELECT account FROM call WHERE import >= %1$d AND type = 'group')
        """
            .formatted(first));
    spread();
  }

  /// As [#find], of the records in `changed_record`, whose imports may be any.
  void findChanged() {
    db.run(
        "CREATE OR REPLACE TEMP TABLE touched_account AS SELECT DISTINCT account FROM changed_record WHERE account IS NOT NULL");
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE touched_id AS
        SELECT person FROM changed_record WHERE person IS NOT NULL
        UNION SELECT anonymous FROM changed_record WHERE anonymous IS NOT NULL
        UNION SELECT previous FROM changed_record WHERE previous IS NOT NULL
        UNION SELECT person FROM (SELECT * FROM merged EXCEPT SELECT * FROM merged_before)
        UNION SELECT person FROM (SELECT * FROM merged_before EXCEPT SELECT * FROM merged)
        UNION SELECT person FROM event WHERE person IS NOT NULL AND account IN (SELECT account FROM changed_record WHERE type = 'group')
        UNION SELECT subject FROM membership WHERE account IN (SELECT account FROM changed_record WHERE type = 'group')
        """);
    spread();
  }

  /// From ids to subjects, and to all ids that belong to them.
  private void spread() {
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE touched_subject AS
        SELECT person AS subject FROM touched_id
        UNION SELECT m.subject FROM merged m JOIN touched_id t ON t.person = m.person
        UNION SELECT m.subject FROM merged_before m JOIN touched_id t ON t.person = m.person
        """);
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE touched_person AS
        SELECT subject AS person FROM touched_subject
        UNION SELECT m.person FROM merged m JOIN touched_subject t ON t.subject = m.subject
        """);
    db.run("DROP TABLE touched_id");
  }
}
