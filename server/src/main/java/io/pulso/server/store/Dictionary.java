package io.pulso.server.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;

/// The numbers of texts: of people's ids or of accounts. New texts get the next numbers and are
/// written together; the stored ones are read when they are first needed.
final class Dictionary {
  private final String table;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private final List<String> added = new ArrayList<>();
  private int stored;

  /// The stored texts that are in `numbers`.
  private int read;

  private Dictionary(String table, int stored) {
    this.table = table;
    this.stored = stored;
  }

  /// @param table person, account: columns no (from 0, without gaps) and id
  static Dictionary open(Db db, String table) {
    return new Dictionary(table, Math.toIntExact(db.number("SELECT COUNT(*) FROM " + table)));
  }

  /// Others may have stored texts since; those of its own are written.
  void refresh(Db db) {
    stored = Math.toIntExact(db.number("SELECT COUNT(*) FROM " + table));
  }

  /// Whether texts are stored that must be read before any can be numbered.
  boolean isBehind() {
    return read < stored;
  }

  /// Reads the stored texts that it does not know.
  void catchUp(Db db) {
    db.chunks(
        "SELECT no, id FROM " + table + " WHERE no >= " + read,
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            String text = chunk.vector(1).getString(i);
            int number = chunk.vector(0).getInt(i);
            numbers.put(text, number);
            while (texts.size() <= number) {
              texts.add("");
            }
            texts.set(number, text);
          }
        });
    read = stored;
  }

  /// Whether it is sure that a text is stored.
  boolean knows(String text) {
    return numbers.containsKey(text);
  }

  /// Stored texts have changed: all are read again.
  void forget() {
    numbers.clear();
    texts.clear();
    read = 0;
  }

  int number(String text) {
    Integer known = numbers.get(text);
    if (known != null) {
      return known;
    }
    int next = size();
    numbers.put(text, next);
    texts.add(text);
    added.add(text);
    return next;
  }

  /// The text of a number that it knows.
  String text(int number) {
    return texts.get(number);
  }

  /// How many texts have numbers.
  int size() {
    return stored + added.size();
  }

  /// Texts were stored beside it, with the next numbers; there are none of its own to write.
  void grown(long more) {
    stored = Math.toIntExact(stored + more);
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
    stored += added.size();
    read += added.size();
    added.clear();
  }
}
