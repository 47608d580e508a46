package io.pulso.server.store;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All tables of a store in another file, as of one moment: the records of each subject side by
/// side, and without the room that deleted rows leave.
public final class TableCopy {
  /// The name of the other file among the databases of this process.
  private static final String OTHER = "other";

  /// The order of rows in tables where it matters.
  private static final Map<String, String> ORDER =
      Map.of(
          "event",
          "SELECT e.* FROM main.event e LEFT JOIN main.merged m ON m.person = e.person ORDER BY COALESCE(m.subject, e.person), e.occurred_at, e.seq",
          "rollup",
          "SELECT * FROM main.rollup ORDER BY activity, subject, day",
          "fact_row",
          "SELECT * FROM main.fact_row ORDER BY fact, occurred_at",
          "person",
          "SELECT * FROM main.person ORDER BY no");

  private final Db db;
  private final String home;

  private TableCopy(Db db) {
    this.db = db;
    this.home = db.list("SELECT current_database()", row -> row.getString(1)).getFirst();
  }

  /// Writes the copy, safe to be moved, and tells the rows of each table.
  ///
  /// @param sorted whether it takes the time to put records side by side
  static Copied write(Db db, Path to, boolean sorted) {
    return new TableCopy(db).run(to, sorted);
  }

  /// What was copied.
  ///
  /// @param rows of each table
  /// @param position how far the journal is loaded in it
  /// @param id of the store
  public record Copied(Map<String, Long> rows, long position, String id) {}

  private Copied run(Path to, boolean sorted) {
    db.run("ATTACH '%s' AS %s".formatted(to.toString().replace("'", "''"), OTHER));
    SteadyWriting writing;
    try {
      writing = new SteadyWriting(to);
    } catch (StoreException e) {
      quietly("DETACH " + OTHER);
      throw e;
    }
    try (writing) {
      return attached(sorted);
    }
  }

  /// Writes the copy and detaches it.
  private Copied attached(boolean sorted) {
    boolean done = false;
    try {
      Copied copied =
          db.ofOneState(() ->
              new Copied(
                  copy(sorted),
                  db.number("SELECT MAX(position) FROM journal_position"),
                  db.list("SELECT value FROM setting WHERE name = 'id'", row -> row.getString(1))
                      .getFirst()));
      db.run("CHECKPOINT " + OTHER);
      done = true;
      return copied;
    } finally {
      if (done) {
        db.run("DETACH " + OTHER);
      } else {
        quietly("DETACH " + OTHER);
      }
    }
  }

  /// What no longer matters because something failed before.
  private void quietly(String sql) {
    try {
      db.run(sql);
    } catch (StoreException | io.pulso.server.event.InputException e) {
      return;
    }
  }

  private Map<String, Long> copy(boolean sorted) {
    Map<String, Long> rows = new LinkedHashMap<>();
    for (String table : tables()) {
      db.run(definition(table).replaceFirst("(?i)^CREATE TABLE ", "CREATE TABLE " + OTHER + "."));
      String all = "SELECT * FROM main.\"" + table + "\"";
      @Nullable String ordered = sorted ? ORDER.get(table) : null;
      String select = ordered == null ? all : ordered;
      db.run(
          "INSERT INTO %s.\"%s\" %s"
              .formatted(OTHER, table, select.replace("main.", "\"" + home + "\".main.")));
      long here = db.number("SELECT COUNT(*) FROM \"%s\".main.\"%s\"".formatted(home, table));
      long there = db.number("SELECT COUNT(*) FROM %s.\"%s\"".formatted(OTHER, table));
      if (here != there) {
        throw new StoreException(
            "%d of %d rows of %s arrived in the copy".formatted(there, here, table));
      }
      rows.put(table, here);
    }
    return rows;
  }

  private java.util.List<String> tables() {
    return db.list(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND NOT temporary ORDER BY table_oid",
        row -> row.getString(1),
        home);
  }

  /// The definition, constraints included, without the name of its database.
  private String definition(String table) {
    return db.list(
            "SELECT sql FROM duckdb_tables() WHERE database_name = ? AND table_name = ? AND NOT temporary",
            row -> row.getString(1),
            home,
            table)
        .getFirst()
        .replaceFirst(
            "(?i)^CREATE TABLE (\"?" + java.util.regex.Pattern.quote(home) + "\"?\\.)?(main\\.)?",
            "CREATE TABLE ");
  }
}
