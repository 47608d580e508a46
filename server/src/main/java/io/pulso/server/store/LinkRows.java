package io.pulso.server.store;

import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;

/// Whose each id is: the tables `link`, `merged` and `refused_link`.
final class LinkRows {
  private final Db db;
  private final Tables tables;

  LinkRows(Db db, Tables tables) {
    this.db = db;
    this.tables = tables;
  }

  /// What records say of ids, each pair by its earliest record: person, target, and its rank.
  private static String earliest(String which) {
    return """
    SELECT person, target, rank.occurred AS occurred, rank.received AS received, rank.message AS message FROM (
      SELECT person, target, MIN({'occurred': occurred, 'received': received, 'message': message}) AS rank FROM (
        SELECT anonymous AS person, person AS target, epoch_us(occurred_at) AS occurred,
          epoch_us(COALESCE(received_at, occurred_at)) AS received, COALESCE(message_text, message::VARCHAR) AS message
        FROM event WHERE anonymous IS NOT NULL AND excluded = 0 %1$s
        UNION ALL
        SELECT anonymous, person, epoch_us(occurred_at), epoch_us(COALESCE(received_at, occurred_at)), COALESCE(message_text, message::VARCHAR)
        FROM call WHERE anonymous IS NOT NULL AND excluded = 0 %1$s
        UNION ALL
        SELECT previous, person, epoch_us(occurred_at), epoch_us(COALESCE(received_at, occurred_at)), COALESCE(message_text, message::VARCHAR)
        FROM call WHERE previous IS NOT NULL AND person IS NOT NULL AND excluded = 0 %1$s)
      WHERE person <> target GROUP BY person, target)
    """
        .formatted(which);
  }

  /// Makes all of them anew.
  void all() {
    for (String table : List.of("link", "merged", "refused_link")) {
      db.run("DELETE FROM " + tables.name(table));
    }
    db.run("INSERT INTO %s %s".formatted(tables.name("link"), earliest(tables.known())));
    make(Identity.of(links("")), tables.name("merged"));
  }

  /// What records say of some ids, but for what a person has undone.
  ///
  /// @param some a query of them
  List<Identity.Link> among(String some) {
    return links("AND l.person IN (%s)".formatted(some));
  }

  /// @param which of the links `l`; empty for all
  private List<Identity.Link> links(String which) {
    return db.list(
        """
        SELECT l.person, l.target, l.occurred, l.received, l.message FROM %s l
        WHERE NOT EXISTS (SELECT 1 FROM undone_link u WHERE u.person = l.person AND u.target = l.target AND %s) %s
        """
            .formatted(tables.name("link"), isUndone(), which),
        row ->
            new Identity.Link(
                row.getInt(1), row.getInt(2), row.getLong(3), row.getLong(4), row.getString(5)));
  }

  private String isUndone() {
    Long known = tables.knownAt();
    return known == null
        ? "u.restored_at IS NULL"
        : "u.undone_at <= make_timestamptz(%1$d) AND (u.restored_at IS NULL OR u.restored_at > make_timestamptz(%1$d))"
            .formatted(known);
  }

  /// @param merged the table of the store or a temporary one
  private void make(Identity identity, String merged) {
    boolean stored = merged.equals("merged");
    Db.tried(
        "fill " + merged,
        () -> {
          try (DuckDBAppender appender = db.appender(stored ? null : "temp", merged)) {
            fill(appender, identity);
          }
          return true;
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

  private static void fill(DuckDBAppender appender, Identity identity) throws SQLException {
    for (int person : identity.linked()) {
      appender.beginRow().append(person).append(identity.subject(person)).endRow();
    }
  }

  /// Adds what the newest imports say, and makes the temporary table `moved`: the ids that have
  /// become another subject's (columns person, before, after).
  ///
  /// @param first the number of the first of them
  /// @return whether there are any
  boolean after(int first) {
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE new_link AS SELECT * FROM (%s) n WHERE NOT EXISTS (
          SELECT 1 FROM link o WHERE o.person = n.person AND o.target = n.target
            AND ROW(o.occurred, o.received, o.message) <= ROW(n.occurred, n.received, n.message))
        """
            .formatted(earliest("AND import >= " + first)));
    db.run("CREATE OR REPLACE TEMP TABLE moved (person INTEGER, before INTEGER, after INTEGER)");
    if (db.number("SELECT COUNT(*) FROM new_link") > 0) {
      db.run(
          "DELETE FROM link USING new_link n WHERE link.person = n.person AND link.target = n.target");
      db.run("INSERT INTO link SELECT * FROM new_link");
      again("SELECT person FROM new_link UNION SELECT target FROM new_link");
    }
    db.run("DROP TABLE new_link");
    return db.number("SELECT COUNT(*) FROM moved") > 0;
  }

  /// Decides anew whose the ids are that hang together with two, and makes the table `moved`.
  void relinked(int person, int target) {
    nothingMoved();
    again("SELECT %d AS person UNION SELECT %d".formatted(person, target));
  }

  /// Makes everything anew after records were let in, left out or removed, and makes the table
  /// `moved`.
  void again() {
    db.run("CREATE OR REPLACE TEMP TABLE merged_before AS SELECT * FROM merged");
    all();
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE moved AS
        SELECT COALESCE(o.person, n.person) AS person, COALESCE(o.subject, n.person) AS before, COALESCE(n.subject, o.person) AS after
        FROM merged_before o FULL JOIN merged n ON n.person = o.person WHERE o.subject IS DISTINCT FROM n.subject
        """);
    db.run("DROP TABLE merged_before");
  }

  /// No id has become another subject's.
  void nothingMoved() {
    db.run("CREATE OR REPLACE TEMP TABLE moved (person INTEGER, before INTEGER, after INTEGER)");
  }

  /// Decides anew whose the ids are that hang together with some by links.
  private void again(String some) {
    db.run("CREATE OR REPLACE TEMP TABLE component AS " + some);
    long grown;
    do {
      grown =
          db.run(
              """
              INSERT INTO component SELECT DISTINCT x FROM (
                SELECT l.target AS x FROM link l WHERE l.person IN (SELECT person FROM component)
                UNION ALL SELECT l.person FROM link l WHERE l.target IN (SELECT person FROM component))
              WHERE x NOT IN (SELECT person FROM component)
              """);
    } while (grown > 0);
    String those = "WHERE person IN (SELECT person FROM component)";
    db.run("CREATE OR REPLACE TEMP TABLE merged_new AS SELECT * FROM merged LIMIT 0");
    db.run("DELETE FROM refused_link " + those);
    make(Identity.of(among("SELECT person FROM component")), "merged_new");
    db.run(
        """
        INSERT INTO moved
        SELECT c.person, COALESCE(o.subject, c.person), COALESCE(n.subject, c.person) FROM component c
        LEFT JOIN merged o ON o.person = c.person LEFT JOIN merged_new n ON n.person = c.person
        WHERE COALESCE(o.subject, c.person) <> COALESCE(n.subject, c.person)
        """);
    db.run("DELETE FROM merged WHERE person IN (SELECT person FROM moved)");
    db.run("INSERT INTO merged SELECT n.* FROM merged_new n JOIN moved m ON m.person = n.person");
    db.run("DROP TABLE component");
    db.run("DROP TABLE merged_new");
  }
}
