package io.pulso.server.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Removes people from every table, as if they had never been, and keeps their ids from coming
/// back.
final class Erasure {
  /// Tables that hold people's ids in a column `person`, and nothing else that must stay.
  private static final Set<String> OWN =
      Set.of("person", "event", "call", "merged", "refused_link", "audit", "undone_link");

  private static final List<String> TEMPORARY =
      List.of(
          "touched_account",
          "touched_subject",
          "touched_person",
          "erased_id",
          "erased_person",
          "erased_kind");

  private static final String ERASED = "(SELECT person FROM erased_person)";

  private final Db db;
  private final Renewal renewal;
  private final ErasureKey key;
  private final ErasureFile file;

  Erasure(Db db, Renewal renewal) {
    this.db = db;
    this.renewal = renewal;
    Path folder = db.database().folder();
    this.file = new ErasureFile(folder);
    boolean first = file.read().isEmpty() && db.number("SELECT COUNT(*) FROM erased") == 0;
    this.key = first ? ErasureKey.make(folder) : ErasureKey.needed(folder);
  }

  /// Who is to be forgotten: all ids of the subjects that these ids belong to.
  ///
  /// @param at in microseconds
  Erasures.Result run(Set<String> ids, long at, String reason) {
    return db.locked(() -> {
      find(ids);
      Set<String> all = new LinkedHashSet<>(ids);
      all.addAll(
          db.list(
              "SELECT id FROM person WHERE id <> '' AND no IN " + ERASED, row -> row.getString(1)));
      List<ErasureFile.Line> lines = block(all, at, reason);
      file.add(lines);
      return Erasures.Result.of(all.size(), db.inTransaction(() -> remove(all, lines, at)));
    });
  }

  /// Forgets those whose hashes are known but who are still there, as in an older store.
  void replay(List<ErasureFile.Line> lines) {
    Set<String> hashes = lines.stream().map(ErasureFile.Line::hash).collect(Collectors.toSet());
    Set<String> there = new HashSet<>();
    db.chunks(
        "SELECT id FROM person WHERE id <> ''",
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            String id = chunk.vector(0).getString(i);
            if (hashes.contains(key.hash(id))) {
              there.add(id);
            }
          }
        });
    db.locked(() -> {
      find(there);
      Set<String> all =
          new LinkedHashSet<>(
              db.list(
                  "SELECT id FROM person WHERE id <> '' AND no IN " + ERASED,
                  row -> row.getString(1)));
      List<ErasureFile.Line> more = new ArrayList<>(lines);
      if (!lines.isEmpty()) {
        List<ErasureFile.Line> linked =
            block(all, lines.getLast().at(), lines.getLast().reason()).stream()
                .filter(line -> !hashes.contains(line.hash()))
                .toList();
        file.add(linked);
        more.addAll(linked);
      }
      return db.inTransaction(() -> remove(all, more, lines.getLast().at()));
    });
  }

  private List<ErasureFile.Line> block(Set<String> ids, long at, String reason) {
    Set<String> known = new HashSet<>(db.list("SELECT hash FROM erased", row -> row.getString(1)));
    return ids.stream()
        .map(key::hash)
        .filter(hash -> !known.contains(hash))
        .map(hash -> new ErasureFile.Line(hash, at, reason))
        .toList();
  }

  private void find(Set<String> ids) {
    db.run("CREATE OR REPLACE TEMP TABLE erased_id (id VARCHAR)");
    ids.forEach(id -> db.run("INSERT INTO erased_id VALUES (?)", id));
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE erased_person AS
        WITH whose AS (
          SELECT COALESCE(m.subject, p.no) AS subject FROM person p LEFT JOIN merged m ON m.person = p.no
          WHERE p.id IN (SELECT id FROM erased_id))
        SELECT subject AS person FROM whose
        UNION SELECT m.person FROM merged m JOIN whose w ON w.subject = m.subject
        """);
  }

  /// How many events, calls and rejected records went.
  private long[] remove(Set<String> ids, List<ErasureFile.Line> lines, long at) {
    lines.forEach(line ->
        db.run(
            "INSERT INTO erased VALUES (?, make_timestamptz(?), ?)",
            line.hash(),
            line.at(),
            line.reason()));
    touched();
    db.run(
        "CREATE OR REPLACE TEMP TABLE erased_kind AS SELECT DISTINCT kind FROM event WHERE person IN "
            + ERASED);
    new SourceWords(db).forget(ERASED);
    KeptFacts.changed(db);
    long events = db.run("DELETE FROM event WHERE person IN " + ERASED);
    // Somebody else used the same device: the event is theirs, the id is not.
    db.run("UPDATE event SET anonymous = NULL WHERE anonymous IN " + ERASED);
    long calls =
        db.run("DELETE FROM call WHERE person IN %1$s OR previous IN %1$s".formatted(ERASED));
    db.run("UPDATE call SET anonymous = NULL WHERE anonymous IN " + ERASED);
    names();
    db.run("DELETE FROM merged WHERE person IN %1$s OR subject IN %1$s".formatted(ERASED));
    for (String table : List.of("link", "refused_link", "undone_link")) {
      db.run("DELETE FROM %2$s WHERE person IN %1$s OR target IN %1$s".formatted(ERASED, table));
    }
    Set<String> mentioned = new HashSet<>(ids);
    mentioned.addAll(names(db));
    db.run("DELETE FROM subject WHERE no IN " + ERASED);
    for (String table :
        List.of("trait_state", "membership", "rollup", "rollup_tail", "session", "session_due")) {
      db.run("DELETE FROM %s WHERE subject IN %s".formatted(table, ERASED));
    }
    others()
        .forEach(table -> db.run("DELETE FROM \"%s\" WHERE person IN %s".formatted(table, ERASED)));
    // What was done stays in the log, of whom it was goes.
    AuditRows.forget(db, ERASED);
    db.run("UPDATE person SET id = '' WHERE no IN " + ERASED);
    long rejected = new RejectedLane(db).removeThoseThatName(ids);
    new SavedViews(db).removeThoseThatName(mentioned);
    renewal.erased();
    if (events + calls + rejected > 0 || db.number("SELECT COUNT(*) FROM erased_person") > 0) {
      Rewriting.want(db, at);
    }
    for (String table : TEMPORARY) {
      db.run("DROP TABLE " + table);
    }
    return new long[] {events, calls, rejected};
  }

  /// By what else somebody may look for these people.
  private static List<String> names(Db db) {
    return db.list(
        "SELECT DISTINCT UNNEST([name, email]) AS name FROM trait_state WHERE subject IN %s"
            .formatted(ERASED),
        row -> Objects.requireNonNullElse(row.getString(1), ""));
  }

  /// Finds the accounts that change, and the people whose units hang on the traits of those.
  private void touched() {
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE touched_account AS
        SELECT account FROM event WHERE person IN %1$s AND account IS NOT NULL
        UNION SELECT account FROM call WHERE person IN %1$s AND account IS NOT NULL
        """
            .formatted(ERASED));
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE touched_subject AS
        WITH said AS (SELECT DISTINCT account FROM call WHERE type = 'group' AND person IN %1$s AND traits IS NOT NULL)
        SELECT DISTINCT subject FROM (
          SELECT COALESCE(m.subject, e.person) AS subject FROM event e LEFT JOIN merged m ON m.person = e.person
          WHERE e.account IN (SELECT account FROM said)
          UNION SELECT subject FROM membership WHERE account IN (SELECT account FROM said))
        WHERE subject NOT IN %1$s AND subject IS NOT NULL
        """
            .formatted(ERASED));
    db.run(
        """
        CREATE OR REPLACE TEMP TABLE touched_person AS
        SELECT subject AS person FROM touched_subject
        UNION SELECT m.person FROM merged m JOIN touched_subject t ON t.subject = m.subject
        """);
  }

  /// Takes away names of events, pages and accounts that nobody else used.
  private void names() {
    db.run(
        "DELETE FROM kind WHERE no IN (SELECT kind FROM erased_kind) AND no NOT IN (SELECT kind FROM event)");
    db.run(
        """
        UPDATE account SET id = '' WHERE no IN (SELECT account FROM touched_account)
          AND no NOT IN (SELECT account FROM event WHERE account IS NOT NULL UNION SELECT account FROM call WHERE account IS NOT NULL)
        """);
    for (String table : List.of("sentiment", "adjustment")) {
      db.run(
          "DELETE FROM %s WHERE account IN (SELECT no FROM account WHERE id = '')"
              .formatted(table));
    }
  }

  /// Other tables that say something of a person.
  private List<String> others() {
    return db
        .list(
            """
            SELECT DISTINCT table_name FROM duckdb_columns()
            WHERE column_name = 'person' AND data_type = 'INTEGER' AND database_name = current_database()
            """,
            row -> row.getString(1))
        .stream()
        .filter(table -> !OWN.contains(table))
        .toList();
  }
}
