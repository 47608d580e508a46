package io.pulso.server.store;

import io.pulso.engine.time.LocalDays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Renews in the derived tables what the newest imports change, and says whose units change.
final class Increment {
  /// Subjects whose units the new events only add to, by their ids.
  static final String PLAIN = "(SELECT person FROM plain_person)";

  /// Subjects of whom something else changed as well, and their ids.
  static final String AGAIN = "(SELECT person FROM again_person)";

  private static final List<String> MADE =
      List.of(
          "moved",
          "touched_subject",
          "touched_person",
          "again_subject",
          "again_person",
          "plain_person");

  private final Db db;
  private final LocalDays days;
  private final int first;
  private boolean states;
  private int firstTouched = Integer.MAX_VALUE;

  /// What units depend on beside events.
  ///
  /// @param traits traits of customers
  /// @param accounts which account a customer is in
  /// @param accountTraits traits of accounts
  record Uses(boolean traits, boolean accounts, boolean accountTraits) {}

  /// Instants in microseconds, both included.
  record Span(long from, long to) {}

  /// @param first the number of the first of those imports
  Increment(Db db, LocalDays days, int first) {
    this.db = db;
    this.days = days;
    this.first = first;
  }

  /// Renews links, subjects, traits and memberships, and makes the temporary tables.
  void run(Uses uses) {
    boolean moved = new LinkRows(db, Tables.NOW).after(first);
    SubjectRows subjects = new SubjectRows(db, days, Tables.NOW);
    subjects.addSeen(first);
    touched();
    SessionDue sessions = new SessionDue(db, Tables.NOW);
    sessions.after(first);
    sessions.of("SELECT before FROM moved UNION SELECT after FROM moved");
    touchedFrom(subjects.renewTouched());
    touchedBy(
        """
        SELECT occurred_at FROM event WHERE import >= %1$d
        UNION ALL SELECT occurred_at FROM call WHERE import >= %1$d
        """
            .formatted(first));
    boolean called = db.number("SELECT COUNT(*) FROM call WHERE import >= " + first) > 0;
    if (moved || called) {
      states = true;
      renewStates();
    }
    again(uses);
  }

  /// As [#run], of the records in `changed_record`, whose imports may be any; adds to those whom
  /// [#run] touched. Everybody's units whom they touch are to be read again.
  void changed() {
    LinkRows links = new LinkRows(db, Tables.NOW);
    boolean linking =
        db.number(
                "SELECT COUNT(*) FROM changed_record WHERE anonymous IS NOT NULL OR previous IS NOT NULL")
            > 0;
    if (linking) {
      links.again();
    } else {
      links.nothingMoved();
    }
    SubjectRows subjects = new SubjectRows(db, days, Tables.NOW);
    String accounts = "SELECT account FROM changed_record WHERE account IS NOT NULL";
    subjects.seenAgain("SELECT person FROM changed_record WHERE person IS NOT NULL");
    subjects.accountsAgain(accounts);
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE again_subject AS
        SELECT COALESCE(m.subject, i.person) AS subject FROM (
          SELECT person FROM changed_record WHERE person IS NOT NULL
          UNION SELECT anonymous FROM changed_record WHERE anonymous IS NOT NULL
          UNION SELECT previous FROM changed_record WHERE previous IS NOT NULL
          UNION SELECT person FROM event WHERE person IS NOT NULL AND account IN (SELECT account FROM changed_record WHERE type = 'group')
          UNION SELECT subject FROM membership WHERE account IN (SELECT account FROM changed_record WHERE type = 'group')) i
        LEFT JOIN merged m ON m.person = i.person
        UNION SELECT before FROM moved UNION SELECT after FROM moved
        """);
    people("again_person", "again_subject");
    new SessionDue(db, Tables.NOW).of("SELECT subject FROM again_subject");
    db.run("CREATE TEMP TABLE IF NOT EXISTS touched_subject (subject INTEGER)");
    db.run(
        "INSERT INTO touched_subject SELECT subject FROM again_subject EXCEPT SELECT subject FROM touched_subject");
    people("touched_person", "touched_subject");
    touchedFrom(subjects.renewTouched());
    String imports =
        "import BETWEEN %d AND %d"
            .formatted(
                db.number("SELECT COALESCE(MIN(import), 0) FROM changed_record"),
                db.number("SELECT COALESCE(MAX(import), 0) FROM changed_record"));
    touchedBy(
        """
        SELECT occurred_at FROM event WHERE %1$s AND (import, seq) IN (SELECT (import, seq) FROM changed_record)
        UNION ALL SELECT occurred_at FROM call WHERE %1$s AND (import, seq) IN (SELECT (import, seq) FROM changed_record)
        """
            .formatted(imports));
    states = true;
    new StateRows(db, Tables.NOW)
        .of("SELECT subject FROM again_subject", "SELECT person FROM again_person", accounts);
  }

  /// Notes the day of the earliest record of a query, and of those of ids that are somebody else's
  /// now. Whoever objected takes all days of others along.
  private void touchedBy(String records) {
    Span span =
        span(
            """
            SELECT MIN(occurred_at), MAX(occurred_at) FROM (
              %s UNION ALL SELECT s.earliest FROM person_seen s WHERE s.person IN (SELECT person FROM moved))
            """
                .formatted(records));
    if (span != null) {
      touchedFrom(TouchedDays.firstDay(days, span.from()));
    }
    if (db.number("SELECT COUNT(*) FROM moved") > 0 && Objections.any(db)) {
      touchedFrom(TouchedDays.ALL);
    }
  }

  private void touchedFrom(int day) {
    firstTouched = Math.min(firstTouched, day);
  }

  /// The earliest day whose scores may be others than before.
  int firstTouched() {
    return firstTouched;
  }

  /// Renews what hangs on the ids of a link. Everybody's units whom it touches are to be read
  /// again.
  void relinked(int person, int target) {
    new LinkRows(db, Tables.NOW).relinked(person, target);
    db.run(
        "CREATE OR REPLACE TEMP TABLE again_subject AS SELECT before AS subject FROM moved UNION SELECT after FROM moved");
    people("again_person", "again_subject");
    new SessionDue(db, Tables.NOW).of("SELECT subject FROM again_subject");
    db.run("CREATE OR REPLACE TEMP TABLE touched_subject AS SELECT subject FROM again_subject");
    people("touched_person", "touched_subject");
    new SubjectRows(db, days, Tables.NOW).renewTouched();
    states = true;
    new StateRows(db, Tables.NOW)
        .of(
            "SELECT subject FROM again_subject",
            "SELECT person FROM again_person",
            "SELECT NULL WHERE FALSE");
  }

  private void touched() {
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE touched_subject AS
        SELECT COALESCE(m.subject, i.person) AS subject FROM (
          SELECT person FROM event WHERE import >= %1$d AND person IS NOT NULL
          UNION SELECT person FROM call WHERE import >= %1$d AND person IS NOT NULL) i
        LEFT JOIN merged m ON m.person = i.person
        UNION SELECT before FROM moved UNION SELECT after FROM moved
        """
            .formatted(first));
    people("touched_person", "touched_subject");
  }

  /// Makes a table of all ids of subjects.
  private void people(String table, String subjects) {
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE %s AS
        SELECT subject AS person FROM %s UNION SELECT m.person FROM merged m WHERE m.subject IN (SELECT subject FROM %2$s)
        """
            .formatted(table, subjects));
  }

  private void renewStates() {
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE stated_subject AS
        SELECT before AS subject FROM moved UNION SELECT after FROM moved
        UNION SELECT COALESCE(m.subject, c.person) FROM call c LEFT JOIN merged m ON m.person = c.person
        WHERE c.import >= %d AND c.person IS NOT NULL AND (c.type = 'group' OR c.traits IS NOT NULL)
        """
            .formatted(first));
    people("stated_person", "stated_subject");
    new StateRows(db, Tables.NOW)
        .of(
            "SELECT subject FROM stated_subject",
            "SELECT person FROM stated_person",
            "SELECT account FROM call WHERE import >= %d AND type = 'group' AND account IS NOT NULL"
                .formatted(first));
    db.run("DROP TABLE stated_subject");
    db.run("DROP TABLE stated_person");
  }

  private void again(Uses uses) {
    String called =
        "UNION SELECT COALESCE(m.subject, c.person) FROM call c LEFT JOIN merged m ON m.person = c.person WHERE c.import >= %d AND c.person IS NOT NULL AND c.type = '%s'";
    String accounts =
        "(SELECT account FROM call WHERE import >= %d AND type = 'group' AND account IS NOT NULL)"
            .formatted(first);
    StringBuilder sql = new StringBuilder("SELECT before AS subject FROM moved");
    sql.append(" UNION SELECT after FROM moved ");
    if (uses.traits()) {
      sql.append(called.formatted(first, "identify")).append(' ');
    }
    if (uses.accounts()) {
      sql.append(called.formatted(first, "group")).append(' ');
    }
    if (uses.accountTraits()) {
      sql.append("UNION SELECT subject FROM membership WHERE account IN ")
          .append(accounts)
          .append(
              " UNION SELECT COALESCE(m.subject, e.person) FROM event e LEFT JOIN merged m ON m.person = e.person WHERE e.person IS NOT NULL AND e.account IN ")
          .append(accounts);
    }
    db.run("CREATE OR REPLACE TEMP TABLE again_subject AS " + sql);
    people("again_person", "again_subject");
    db.run(
        "CREATE OR REPLACE TEMP TABLE plain_person AS SELECT person FROM touched_person WHERE person NOT IN (SELECT person FROM again_person)");
  }

  /// When the new events happened that only add to units; null when there are none.
  @Nullable Span plain() {
    return span(
        "SELECT MIN(occurred_at), MAX(occurred_at) FROM event WHERE import >= %d AND person IN %s"
            .formatted(first, PLAIN));
  }

  /// When anything happened that may be judged otherwise than before; null when there is nothing.
  @Nullable Span again() {
    if (db.number("SELECT COUNT(*) FROM again_subject") == 0) {
      return null;
    }
    Span begun =
        span(
            """
            SELECT MIN(occurred_at), MAX(occurred_at) FROM (
              SELECT occurred_at FROM event WHERE import >= %1$d AND person IN %2$s
              UNION ALL SELECT occurred_at FROM call WHERE import >= %1$d
              UNION ALL SELECT s.earliest FROM person_seen s WHERE s.person IN (SELECT person FROM moved))
            """
                .formatted(first, AGAIN));
    if (begun == null) {
      return null;
    }
    Span ended =
        span(
            "SELECT MIN(occurred_at), MAX(occurred_at) FROM event WHERE occurred_at >= make_timestamptz(%d) AND person IN %s"
                .formatted(begun.from(), AGAIN));
    return ended == null ? begun : new Span(begun.from(), Math.max(begun.to(), ended.to()));
  }

  private @Nullable Span span(String sql) {
    return db
        .list(
            "SELECT epoch_us(a), epoch_us(b) FROM (%s) x(a, b) WHERE a IS NOT NULL".formatted(sql),
            row -> new Span(row.getLong(1), row.getLong(2)))
        .stream()
        .findFirst()
        .orElse(null);
  }

  /// Whether traits or memberships may have changed.
  boolean states() {
    return states;
  }

  /// The number of the first import.
  int first() {
    return first;
  }

  void end() {
    MADE.forEach(table -> db.run("DROP TABLE IF EXISTS " + table));
  }
}
