package io.pulso.server.store;

import io.pulso.engine.sql.DaySql;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.time.LocalDays;
import java.util.List;

/// Who exists, and since when: the tables `person_seen`, `subject` and `account_subject`.
final class SubjectRows {
  private final Db db;
  private final LocalDays days;
  private final Tables tables;

  SubjectRows(Db db, LocalDays days, Tables tables) {
    this.db = db;
    this.days = days;
    this.tables = tables;
  }

  /// Makes all of them anew; links are known.
  void all() {
    String known = tables.known();
    String day = day("");
    for (String table : List.of("person_seen", "subject", "account_subject")) {
      db.run("DELETE FROM " + tables.name(table));
    }
    db.run(
        "INSERT INTO %s %s ORDER BY person"
            .formatted(tables.name("person_seen"), seen(known, day)));
    db.run("INSERT INTO %s %s ORDER BY no".formatted(tables.name("subject"), subjects("")));
    db.run(
        "INSERT INTO %s %s ORDER BY no"
            .formatted(tables.name("account_subject"), accounts(known, day)));
  }

  /// What records tell of each id.
  private static String seen(String which, String day) {
    return """
    SELECT person, MIN(earliest) AS earliest, MIN(first_at) AS first_at, MIN(first_day) AS first_day, BOOL_OR(is_user) AS is_user FROM (
      SELECT person, MIN(occurred_at) AS earliest, MIN(occurred_at) AS first_at, MIN(%2$s) AS first_day, BOOL_OR((flags & 4) <> 0) AS is_user
      FROM event WHERE person IS NOT NULL AND excluded = 0 %1$s GROUP BY person
      UNION ALL
      SELECT person, MIN(occurred_at), MIN(occurred_at) FILTER (WHERE type = 'identify'), MIN(%2$s) FILTER (WHERE type = 'identify'), BOOL_OR((flags & 4) <> 0)
      FROM call WHERE person IS NOT NULL AND excluded = 0 %1$s GROUP BY person)
    GROUP BY person\
    """
        .formatted(which, day);
  }

  /// @param which of the people's rows `s`, with WHERE; empty for all
  private String subjects(String which) {
    return """
    SELECT COALESCE(m.subject, s.person) AS no, MIN(s.first_at) AS first_at, MIN(s.first_day) AS first_day,
      BOOL_OR(s.is_user AND s.person = COALESCE(m.subject, s.person)) AS identified
    FROM %s s LEFT JOIN %s m ON m.person = s.person %s
    GROUP BY 1 HAVING MIN(s.first_at) IS NOT NULL\
    """
        .formatted(tables.name("person_seen"), tables.name("merged"), which);
  }

  private static String accounts(String which, String day) {
    return """
    SELECT account AS no, MIN(occurred_at) AS first_at, MIN(%2$s) AS first_day FROM (
      SELECT account, occurred_at FROM event WHERE account IS NOT NULL AND person IS NOT NULL AND excluded = 0 %1$s
      UNION ALL
      SELECT account, occurred_at FROM call WHERE type = 'group' AND account IS NOT NULL AND excluded = 0 %1$s)
    GROUP BY account\
    """
        .formatted(which, day);
  }

  /// The local day of a record, as SQL that holds for some of them.
  private String day(String which) {
    List<Long> extent =
        db.list(
                """
                SELECT COALESCE(epoch_us(MIN(occurred_at)), 0), COALESCE(epoch_us(MAX(occurred_at)), 0) FROM (
                  SELECT MIN(occurred_at) AS occurred_at FROM event %1$s UNION ALL SELECT MAX(occurred_at) FROM event %1$s
                  UNION ALL SELECT MIN(occurred_at) FROM call %1$s UNION ALL SELECT MAX(occurred_at) FROM call %1$s)
                """
                    .formatted(which),
                row -> List.of(row.getLong(1), row.getLong(2)))
            .getFirst();
    return DaySql.print("occurred_at", days.offsets(extent.get(0), extent.get(1)), new DuckDb());
  }

  /// Adds what the newest imports tell of ids and accounts.
  ///
  /// @param first the number of the first of them
  void addSeen(int first) {
    String since = "AND import >= " + first;
    String day = day("WHERE import >= " + first);
    db.run("CREATE OR REPLACE TEMP TABLE new_seen AS " + seen(since, day));
    db.run(
        """
        UPDATE person_seen SET earliest = LEAST(person_seen.earliest, n.earliest),
          first_at = LEAST(person_seen.first_at, n.first_at), first_day = LEAST(person_seen.first_day, n.first_day),
          is_user = person_seen.is_user OR n.is_user
        FROM new_seen n WHERE person_seen.person = n.person AND (n.earliest < person_seen.earliest
          OR (n.is_user AND NOT person_seen.is_user) OR (n.first_at IS NOT NULL
            AND (person_seen.first_at IS NULL OR n.first_at < person_seen.first_at OR n.first_day < person_seen.first_day)))
        """);
    db.run(
        """
        INSERT INTO person_seen SELECT * FROM new_seen n
        WHERE n.person NOT IN (SELECT s.person FROM person_seen s WHERE s.person IN (SELECT person FROM new_seen))
        """);
    db.run("DROP TABLE new_seen");
    addAccounts(since, day);
  }

  private void addAccounts(String since, String day) {
    db.run("CREATE OR REPLACE TEMP TABLE new_account AS " + accounts(since, day));
    if (db.number("SELECT COUNT(*) FROM new_account") > 0) {
      db.run(
          """
          UPDATE account_subject SET first_at = LEAST(account_subject.first_at, n.first_at), first_day = LEAST(account_subject.first_day, n.first_day)
          FROM new_account n WHERE account_subject.no = n.no AND (n.first_at < account_subject.first_at OR n.first_day < account_subject.first_day)
          """);
      db.run(
          """
          INSERT INTO account_subject SELECT * FROM new_account n
          WHERE NOT EXISTS (SELECT 1 FROM account_subject s WHERE s.no = n.no) ORDER BY no
          """);
    }
    db.run("DROP TABLE new_account");
  }

  /// Reads anew what is left of the records of some ids.
  ///
  /// @param some a query of them
  void seenAgain(String some) {
    db.run("DELETE FROM person_seen WHERE person IN (%s)".formatted(some));
    db.run("INSERT INTO person_seen " + seen("AND person IN (%s)".formatted(some), day("")));
  }

  /// Makes some accounts anew, from all that is left of their records.
  ///
  /// @param some a query of them
  void accountsAgain(String some) {
    db.run("DELETE FROM account_subject WHERE no IN (%s)".formatted(some));
    db.run(
        "INSERT INTO account_subject "
            + accounts("AND account IN (%s)".formatted(some), day(""))
            + " ORDER BY no");
  }

  /// Renews the subjects in the temporary table `touched_subject`, whose ids are in
  /// `touched_person`.
  ///
  /// @return the first day of those that are identified now and were not before, or the other way
  ///   round; [Integer#MAX_VALUE] where there are none
  int renewTouched() {
    db.run(
        "CREATE OR REPLACE TEMP TABLE new_subject AS "
            + subjects("WHERE s.person IN (SELECT person FROM touched_person)"));
    long turned =
        db.number(
            """
            SELECT COALESCE(MIN(LEAST(s.first_day, n.first_day)), %d) FROM subject s JOIN new_subject n ON n.no = s.no
            WHERE s.identified <> n.identified
            """
                .formatted(Integer.MAX_VALUE));
    db.run(
        "DELETE FROM subject WHERE no IN (SELECT subject FROM touched_subject) AND no NOT IN (SELECT no FROM new_subject)");
    db.run(
        """
        UPDATE subject SET first_at = n.first_at, first_day = n.first_day, identified = n.identified FROM new_subject n
        WHERE subject.no = n.no AND ROW(subject.first_at, subject.first_day, subject.identified) <> ROW(n.first_at, n.first_day, n.identified)
        """);
    db.run(
        """
        INSERT INTO subject SELECT * FROM new_subject n
        WHERE n.no NOT IN (SELECT s.no FROM subject s WHERE s.no IN (SELECT no FROM new_subject)) ORDER BY n.no
        """);
    db.run("DROP TABLE new_subject");
    return Math.toIntExact(turned);
  }
}
