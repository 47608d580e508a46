package io.pulso.server.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;

/// The numbers of texts: of people's ids or of accounts. Read whole when an import begins; new
/// texts get the next numbers and are written when the import is committed.
final class Dictionary {
  private final String table;
  private final Map<String, Integer> numbers;
  private final List<String> added = new ArrayList<>();
  private final int stored;

  private Dictionary(String table, Map<String, Integer> numbers) {
    this.table = table;
    this.numbers = numbers;
    this.stored = numbers.size();
  }

  /// @param table person, account: columns no (from 0, without gaps) and id
  static Dictionary read(Db db, String table) {
    Map<String, Integer> numbers =
        HashMap.newHashMap(Math.toIntExact(db.number("SELECT COUNT(*) FROM " + table)));
    db.chunks(
        "SELECT no, id FROM " + table,
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            numbers.put(chunk.vector(1).getString(i), chunk.vector(0).getInt(i));
          }
        });
    return new Dictionary(table, numbers);
  }

  int number(String text) {
    Integer known = numbers.get(text);
    if (known != null) {
      return known;
    }
    int next = stored + added.size();
    numbers.put(text, next);
    added.add(text);
    return next;
  }

  /// Writes the texts that are new.
  void write(Db db) {
    Db.tried(
        "append to " + table,
        () -> {
          try (DuckDBAppender appender = db.appender(null, table)) {
            for (int i = 0; i < added.size(); i++) {
              appender.beginRow().append(stored + i).append(added.get(i)).endRow();
            }
          }
          return true;
        });
  }
}
