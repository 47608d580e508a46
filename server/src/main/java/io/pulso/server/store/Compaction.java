package io.pulso.server.store;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/// A store written into a new file, the records of each subject side by side and without the room
/// that deleted rows leave. The old file stays until the new one is complete.
public final class Compaction {
  /// The order of rows in tables where it matters.
  private static final Map<String, String> ORDER =
      Map.of(
          "event",
          "SELECT e.* FROM old.event e LEFT JOIN old.merged m ON m.person = e.person ORDER BY COALESCE(m.subject, e.person), e.occurred_at, e.seq",
          "rollup",
          "SELECT * FROM old.rollup ORDER BY activity, subject, day",
          "person",
          "SELECT * FROM old.person ORDER BY no");

  private final Path file;
  private final Path copy;
  private final Store.Limits limits;

  private Compaction(Path file, Store.Limits limits) {
    this.file = file;
    this.copy = file.resolveSibling(file.getFileName() + ".new");
    this.limits = limits;
  }

  /// The size of the store's file.
  public record Sizes(long before, long after) {}

  /// Compacts the store in that file, which no process may have open.
  public static Sizes run(Path file, Store.Limits limits) {
    return new Compaction(file, limits).run();
  }

  private Sizes run() {
    try {
      long before = Files.size(file);
      discard();
      boolean done = false;
      try {
        write();
        force();
        Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        done = true;
      } finally {
        if (!done) {
          discard();
        }
      }
      return new Sizes(before, Files.size(file));
    } catch (IOException e) {
      throw new InputException("cannot compact the store " + file + ": " + e, e);
    }
  }

  private void discard() throws IOException {
    Files.deleteIfExists(copy);
    Files.deleteIfExists(Path.of(copy + ".wal"));
  }

  private void force() throws IOException {
    try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private void write() {
    try (Db db = new Db(connect())) {
      db.run("SET TimeZone = 'UTC'");
      db.run("ATTACH '%s' AS old".formatted(file.toString().replace("'", "''")));
      db.transaction(() -> copy(db));
      db.run("CHECKPOINT");
      db.run("DETACH old");
    }
  }

  private static void copy(Db db) {
    List<String> tables =
        db.list(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'old' ORDER BY table_oid",
            row -> row.getString(1));
    for (String table : tables) {
      // The definition, constraints included, without the name of its database.
      String definition =
          db.list(
                  "SELECT sql FROM duckdb_tables() WHERE database_name = 'old' AND table_name = ?",
                  row -> row.getString(1),
                  table)
              .getFirst();
      db.run(definition.replaceFirst("(?i)^CREATE TABLE old\\.(main\\.)?", "CREATE TABLE "));
      db.run(
          "INSERT INTO \"%s\" %s"
              .formatted(table, ORDER.getOrDefault(table, "SELECT * FROM old.\"" + table + "\"")));
    }
  }

  private DuckDBConnection connect() {
    Properties settings = Store.settings(copy, limits);
    try {
      return Db.connection(copy.toString(), settings);
    } catch (SQLException e) {
      throw Store.refused(copy, e);
    }
  }
}
