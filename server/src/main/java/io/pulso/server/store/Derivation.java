package io.pulso.server.store;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.sql.DaySql;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.time.LocalDays;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;

/// Makes the derived tables from events and calls: links, subjects, traits and memberships over
/// time. The target is the store itself, or tables beside it that hold what was known at an earlier
/// instant.
final class Derivation {
  static final long FOREVER = 253_402_300_800_000_000L;

  private final Db db;
  private final LocalDays days;
  private final Tables tables;

  Derivation(Db db, LocalDays days, Tables tables) {
    this.db = db;
    this.days = days;
    this.tables = tables;
  }

  private static final String OF_TOUCHED = "IN (SELECT subject FROM touched_subject)";
  private static final String IN_TOUCHED = "IN (SELECT account FROM touched_account)";

  private static final List<String> MADE =
      List.of(
          "merged",
          "refused_link",
          "subject",
          "account_subject",
          "trait_state",
          "account_state",
          "membership",
          "rollup_activity",
          "rollup");

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
    identity();
    subjects();
    traits();
    memberships("");
  }

  /// Renews what the newest imports change, in the tables of the store itself. Afterwards the
  /// temporary tables `touched_subject` and `touched_person` say whom they touch.
  ///
  /// @param first the number of the first of them
  /// @return whether only what happened on the days of their events can have changed
  boolean after(int first) {
    boolean moved = hasNewLinks(first);
    db.run("CREATE OR REPLACE TEMP TABLE merged_before AS SELECT * FROM merged");
    if (moved) {
      identity();
    }
    new Touched(db).find(first);
    boolean called = db.number("SELECT COUNT(*) FROM call WHERE import >= " + first) > 0;
    if (moved) {
      subjects();
    } else {
      new NewSubjects(db, day()).add(first);
    }
    if (moved || called) {
      states(
          "trait_state",
          "identify",
          "COALESCE(m.subject, c.person)",
          "c.person",
          "subject",
          OF_TOUCHED);
      states("account_state", "group", "c.account", "c.account", "account", IN_TOUCHED);
      memberships(OF_TOUCHED);
    }
    db.run("DROP TABLE merged_before");
    return !moved && !called;
  }

  /// Renews what the records in `changed_record` can change, whose imports may be any. Afterwards
  /// there are the same temporary tables as after [#after].
  void again() {
    boolean linking =
        db.number(
                "SELECT COUNT(*) FROM changed_record WHERE anonymous IS NOT NULL OR previous IS NOT NULL")
            > 0;
    db.run("CREATE OR REPLACE TEMP TABLE merged_before AS SELECT * FROM merged");
    if (linking) {
      identity();
    }
    new Touched(db).findChanged();
    subjects(
        "AND person IN (SELECT person FROM touched_person)", "AND account " + IN_TOUCHED, true);
    states(
        "trait_state",
        "identify",
        "COALESCE(m.subject, c.person)",
        "c.person",
        "subject",
        OF_TOUCHED);
    states("account_state", "group", "c.account", "c.account", "account", IN_TOUCHED);
    memberships(OF_TOUCHED);
    db.run("DROP TABLE merged_before");
  }

  /// Whether records since an import say of an id whose it is, earlier than all before them or for
  /// the first time.
  private boolean hasNewLinks(int first) {
    return db.number(
            """
            SELECT COUNT(*) FROM (%s) n WHERE NOT EXISTS (
              SELECT 1 FROM (%s) o WHERE o.person = n.person AND o.target = n.target
                AND ROW(o.occurred, o.received, o.message) <= ROW(n.occurred, n.received, n.message))
            """
                .formatted(links("AND import >= " + first), links("AND import < " + first)))
        > 0;
  }

  /// What records say of ids: `person` is `target`.
  private static String links(String which) {
    return """
    SELECT * FROM (
      SELECT anonymous AS person, person AS target, epoch_us(occurred_at) AS occurred,
        epoch_us(COALESCE(received_at, occurred_at)) AS received, COALESCE(message_text, message::VARCHAR) AS message
      FROM event WHERE anonymous IS NOT NULL AND excluded = 0 %1$s
      UNION ALL
      SELECT anonymous, person, epoch_us(occurred_at), epoch_us(COALESCE(received_at, occurred_at)), COALESCE(message_text, message::VARCHAR)
      FROM call WHERE anonymous IS NOT NULL AND excluded = 0 %1$s
      UNION ALL
      SELECT previous, person, epoch_us(occurred_at), epoch_us(COALESCE(received_at, occurred_at)), COALESCE(message_text, message::VARCHAR)
      FROM call WHERE previous IS NOT NULL AND person IS NOT NULL AND excluded = 0 %1$s)
    WHERE person <> target
    """
        .formatted(which);
  }

  private void identity() {
    Identity identity =
        Identity.of(
            db.list(
                "SELECT person, target, MIN(ROW(occurred, received, message)) FROM (%s) GROUP BY person, target"
                    .formatted(links(tables.known())),
                row -> {
                  Object[] least = ((java.sql.Struct) row.getObject(3)).getAttributes();
                  return new Identity.Link(
                      row.getInt(1),
                      row.getInt(2),
                      ((Number) least[0]).longValue(),
                      ((Number) least[1]).longValue(),
                      String.valueOf(least[2]));
                }));
    db.run("DELETE FROM " + tables.name("merged"));
    db.run("DELETE FROM " + tables.name("refused_link"));
    fill(
        "merged",
        appender -> {
          for (int person : identity.linked()) {
            appender.beginRow().append(person).append(identity.subject(person)).endRow();
          }
        });
    for (Identity.Refused refused : identity.refused()) {
      db.run(
          "INSERT INTO %s VALUES (?, ?, make_timestamptz(?), ?)"
              .formatted(tables.name("refused_link")),
          refused.link().person(),
          refused.link().target(),
          refused.link().occurredAt(),
          refused.reason());
    }
  }

  private void subjects() {
    subjects("", "", false);
  }

  /// @param people whose records are read, as SQL to be added with AND; empty for all
  /// @param accounts likewise
  /// @param touched whether only the touched ones are renewed
  private void subjects(String people, String accounts, boolean touched) {
    String day = day();
    db.run("DELETE FROM " + tables.name("subject") + (touched ? " WHERE no " + OF_TOUCHED : ""));
    db.run(
        "DELETE FROM "
            + tables.name("account_subject")
            + (touched ? " WHERE no " + IN_TOUCHED : ""));
    db.run(
        """
        INSERT INTO %2$s
        WITH seen AS (
          SELECT person, MIN(occurred_at) AS first_at, MIN(%4$s) AS first_day, BOOL_OR((flags & 4) <> 0) AS is_user
          FROM event WHERE person IS NOT NULL AND excluded = 0 %1$s %5$s GROUP BY person
          UNION ALL
          SELECT person, MIN(occurred_at) FILTER (WHERE type = 'identify'), MIN(%4$s) FILTER (WHERE type = 'identify'), BOOL_OR((flags & 4) <> 0)
          FROM call WHERE person IS NOT NULL AND excluded = 0 %1$s %5$s GROUP BY person)
        SELECT COALESCE(m.subject, s.person) AS no, MIN(first_at) AS first_at, MIN(first_day) AS first_day,
          BOOL_OR(is_user AND s.person = COALESCE(m.subject, s.person)) AS identified
        FROM seen s LEFT JOIN %3$s m ON m.person = s.person
        GROUP BY 1 HAVING MIN(first_at) IS NOT NULL ORDER BY 1
        """
            .formatted(tables.known(), tables.name("subject"), tables.name("merged"), day, people));
    db.run(
        """
        INSERT INTO %2$s
        SELECT account, MIN(occurred_at), MIN(%3$s) FROM (
          SELECT account, occurred_at FROM event WHERE account IS NOT NULL AND person IS NOT NULL AND excluded = 0 %1$s %4$s
          UNION ALL
          SELECT account, occurred_at FROM call WHERE type = 'group' AND account IS NOT NULL AND excluded = 0 %1$s %4$s)
        GROUP BY account ORDER BY account
        """
            .formatted(tables.known(), tables.name("account_subject"), day, accounts));
  }

  /// The local day of a record, as SQL.
  private String day() {
    List<Long> extent =
        db.list(
                """
                SELECT COALESCE(epoch_us(MIN(occurred_at)), 0), COALESCE(epoch_us(MAX(occurred_at)), 0) FROM (
                  SELECT MIN(occurred_at) AS occurred_at FROM event UNION ALL SELECT MAX(occurred_at) FROM event
                  UNION ALL SELECT MIN(occurred_at) FROM call UNION ALL SELECT MAX(occurred_at) FROM call)
                """,
                row -> List.of(row.getLong(1), row.getLong(2)))
            .getFirst();
    return DaySql.print("occurred_at", days.offsets(extent.get(0), extent.get(1)), new DuckDb());
  }

  private void traits() {
    states("trait_state", "identify", "COALESCE(m.subject, c.person)", "c.person", "subject", "");
    states("account_state", "group", "c.account", "c.account", "account", "");
  }

  /// @param column of the owner in that table
  /// @param which of the owners, as SQL; empty for all
  private void states(
      String table, String type, String owner, String needed, String column, String which) {
    String sql =
        """
        SELECT %s AS owner, epoch_us(occurred_at), traits
        FROM call c LEFT JOIN %s m ON m.person = c.person
        WHERE c.type = '%s' AND c.traits IS NOT NULL AND %s IS NOT NULL AND c.excluded = 0 %s %s
        ORDER BY owner, c.occurred_at, COALESCE(c.received_at, c.occurred_at), COALESCE(c.message_text, c.message::VARCHAR)
        """
            .formatted(
                owner,
                tables.name("merged"),
                type,
                needed,
                tables.known(),
                which.isEmpty() ? "" : "AND " + owner + " " + which);
    db.run(
        "DELETE FROM "
            + tables.name(table)
            + (which.isEmpty() ? "" : " WHERE " + column + " " + which));
    fill(
        table,
        appender -> {
          StateWriter writer = new StateWriter(appender);
          db.chunks(
              sql,
              chunk -> {
                for (long i = 0; i < chunk.rowCount(); i++) {
                  writer.add(
                      chunk.vector(0).getInt(i),
                      chunk.vector(1).getLong(i),
                      chunk.vector(2).getString(i));
                }
              });
          writer.flush();
        });
  }

  private static final class StateWriter {
    private final DuckDBAppender appender;
    private States states = new States();
    private int owner = -1;

    StateWriter(DuckDBAppender appender) {
      this.appender = appender;
    }

    void add(int nextOwner, long occurredAt, String traits) {
      if (nextOwner != owner) {
        flush();
        owner = nextOwner;
        states = new States();
      }
      try {
        if (JsonText.read(traits) instanceof Json.Obj object) {
          states.add(occurredAt, object);
        }
      } catch (JsonFault e) {
        throw new IllegalStateException("stored traits are no JSON: " + traits, e);
      }
    }

    void flush() {
      List<States.State> all = states.all();
      Db.tried(
          "append traits",
          () -> {
            for (int i = 0; i < all.size(); i++) {
              long to = i + 1 < all.size() ? all.get(i + 1).from() : FOREVER;
              appender
                  .beginRow()
                  .append(owner)
                  .appendEpochMicros(all.get(i).from())
                  .appendEpochMicros(to)
                  .append(JsonText.write(all.get(i).traits()))
                  .endRow();
            }
            return true;
          });
    }
  }

  /// @param which of the subjects, as SQL; empty for all
  private void memberships(String which) {
    String only = which.isEmpty() ? "" : "AND COALESCE(m.subject, c.person) " + which;
    db.run(
        "DELETE FROM "
            + tables.name("membership")
            + (which.isEmpty() ? "" : " WHERE subject " + which));
    db.run(
        """
        INSERT INTO %1$s
        WITH moves AS (
          SELECT COALESCE(m.subject, c.person) AS subject, occurred_at, account,
            LEAD(occurred_at, 1, make_timestamptz(%4$d)) OVER (
              PARTITION BY COALESCE(m.subject, c.person)
              ORDER BY occurred_at, COALESCE(received_at, occurred_at), COALESCE(message_text, message::VARCHAR)) AS to_at
          FROM call c LEFT JOIN %2$s m ON m.person = c.person
          WHERE c.type = 'group' AND c.account IS NOT NULL AND c.person IS NOT NULL AND c.excluded = 0 %3$s %5$s)
        SELECT subject, occurred_at, to_at, account FROM moves WHERE occurred_at < to_at ORDER BY subject, occurred_at
        """
            .formatted(
                tables.name("membership"), tables.name("merged"), tables.known(), FOREVER, only));
  }

  private interface Filling {
    void fill(DuckDBAppender appender) throws SQLException;
  }

  private void fill(String table, Filling filling) {
    Db.tried(
        "fill " + table,
        () -> {
          try (DuckDBAppender appender = db.appender(tables.catalog(), tables.name(table))) {
            filling.fill(appender);
          }
          return true;
        });
  }
}
