package io.pulso.server.store;

/// Adds to the subjects those of the newest imports, where no link has changed.
final class NewSubjects {
  private final Db db;
  private final String day;

  /// @param day the local day of `occurred_at`, as SQL
  NewSubjects(Db db, String day) {
    this.db = db;
    this.day = day;
  }

  /// Adds them.
  ///
  /// @param first the number of the first import
  void add(int first) {
    customers(first);
    accounts(first);
  }

  private void customers(int first) {
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE new_subject AS
        WITH seen AS (
          SELECT person, MIN(occurred_at) AS first_at, MIN(%2$s) AS first_day, BOOL_OR((flags & 4) <> 0) AS is_user
          FROM event WHERE person IS NOT NULL AND excluded = 0 AND import >= %1$d GROUP BY person
          UNION ALL
          SELECT person, MIN(occurred_at) FILTER (WHERE type = 'identify'), MIN(%2$s) FILTER (WHERE type = 'identify'), BOOL_OR((flags & 4) <> 0)
          FROM call WHERE person IS NOT NULL AND excluded = 0 AND import >= %1$d GROUP BY person)
        SELECT COALESCE(m.subject, s.person) AS no, MIN(first_at) AS first_at, MIN(first_day) AS first_day,
          BOOL_OR(is_user AND s.person = COALESCE(m.subject, s.person)) AS identified
        FROM seen s LEFT JOIN merged m ON m.person = s.person GROUP BY 1
        """
            .formatted(first, day));
    db.run(
        """
        UPDATE subject SET first_at = LEAST(subject.first_at, n.first_at), first_day = LEAST(subject.first_day, n.first_day),
          identified = subject.identified OR n.identified
        FROM new_subject n WHERE subject.no = n.no AND (n.first_at < subject.first_at OR n.first_day < subject.first_day OR (n.identified AND NOT subject.identified))
        """);
    // A call that made nobody exist may have told before that the id is a user's.
    db.run(
        """
        INSERT INTO subject
        SELECT n.no, n.first_at, n.first_day, n.identified OR EXISTS (
          SELECT 1 FROM call c WHERE c.person = n.no AND (c.flags & 4) <> 0 AND c.excluded = 0)
        FROM new_subject n
        WHERE n.first_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM subject s WHERE s.no = n.no)
        ORDER BY n.no
        """);
    db.run("DROP TABLE new_subject");
  }

  private void accounts(int first) {
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE new_account AS
        SELECT account AS no, MIN(occurred_at) AS first_at, MIN(%2$s) AS first_day FROM (
          SELECT account, occurred_at FROM event WHERE account IS NOT NULL AND person IS NOT NULL AND excluded = 0 AND import >= %1$d
          UNION ALL
          SELECT account, occurred_at FROM call WHERE type = 'group' AND account IS NOT NULL AND excluded = 0 AND import >= %1$d)
        GROUP BY account
        """
            .formatted(first, day));
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
    db.run("DROP TABLE new_account");
  }
}
