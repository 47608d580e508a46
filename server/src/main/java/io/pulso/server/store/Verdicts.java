package io.pulso.server.store;

import io.pulso.engine.expr.Path;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.Scalar;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What the quality rules say of stored records, gathered in the temporary table `verdict` before
/// it is compared with what stands in the store. A record is named by its import and its place in
/// it.
final class Verdicts {
  private static final DuckDb SQL = new DuckDb();

  final Db db;

  Verdicts(Db db) {
    this.db = db;
    db.run("CREATE OR REPLACE TEMP TABLE verdict (import INTEGER, seq BIGINT, reason INTEGER)");
  }

  /// Adds a verdict on records.
  ///
  /// @param records a query whose first columns are import and seq
  void add(Exclusion reason, String records) {
    db.run(
        "INSERT INTO verdict SELECT import, seq, %d FROM (%s)".formatted(reason.number(), records));
  }

  /// What stands under a key of the context or the properties when it is a text, else null.
  static String text(String column, String key) {
    return SQL.scalar(column, List.of(new Path.Step.Key(key)), Scalar.TEXT);
  }

  static String literal(String text) {
    return SQL.text(text);
  }

  /// Events and calls alike, with the columns that rules ask for.
  ///
  /// @param which of them, as SQL over columns that both have
  static String records(String which) {
    return """
    SELECT import, seq, person, source, context FROM event WHERE %1$s
    UNION ALL SELECT import, seq, person, source, context FROM call WHERE %1$s\
    """
        .formatted(which);
  }

  /// Makes a temporary table of those texts that pass; false when none does.
  ///
  /// @param texts a query of one column
  boolean choose(String table, String texts, Predicate<String> test) {
    Set<String> found = new TreeSet<>();
    db.chunks(
        "SELECT DISTINCT text FROM (%s) AS t(text) WHERE text IS NOT NULL".formatted(texts),
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            String text = chunk.vector(0).getString(i);
            if (test.test(text)) {
              found.add(text);
            }
          }
        });
    db.run("CREATE OR REPLACE TEMP TABLE %s (text VARCHAR)".formatted(table));
    Db.tried(
        "keep " + table,
        () -> {
          try (var appender = db.appender("temp", table)) {
            for (String text : found) {
              appender.beginRow().append(text).endRow();
            }
          }
          return true;
        });
    return !found.isEmpty();
  }
}
