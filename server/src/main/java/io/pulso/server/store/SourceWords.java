package io.pulso.server.store;

import io.pulso.engine.event.EventType;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The names of events and the keys of properties that each source has used over HTTP, each once.
public final class SourceWords {
  private final Db db;

  SourceWords(Db db) {
    this.db = db;
  }

  /// A word of a source.
  ///
  /// @param isKey whether it is the key of a property; else it is the name of an event
  public record Word(String source, boolean isKey, String text) {}

  public List<Word> all() {
    return db.list(
        "SELECT s.name, w.is_key, w.word FROM source_word w JOIN source s ON s.no = w.source",
        row -> new Word(row.getString(1), row.getBoolean(2), row.getString(3)));
  }

  /// How many ids of people there are.
  public long people() {
    return db.number("SELECT COUNT(*) FROM person");
  }

  /// Tells every id of people.
  public void people(Consumer<String> each) {
    db.chunks(
        "SELECT id FROM person",
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            each.accept(chunk.vector(0).getString(i));
          }
        });
  }

  /// Notes the words of a record that says it has new ones.
  void note(Incoming row, int source) {
    if (row.type() == EventType.TRACK && row.event() != null) {
      note(source, false, row.event());
    }
    keys(row.properties()).forEach(key -> note(source, true, key));
  }

  private static Set<String> keys(@Nullable String properties) {
    try {
      return properties != null && JsonText.read(properties) instanceof Json.Obj object
          ? object.fields().keySet()
          : Set.of();
    } catch (JsonFault e) {
      throw new IllegalStateException("stored properties are no JSON", e);
    }
  }

  /// Forgets the words that some people's events have; what others use of them is noted again when
  /// it comes.
  ///
  /// @param people a query of their ids in brackets
  void forget(String people) {
    db.run(
        """
        DELETE FROM source_word WHERE NOT is_key AND word IN (
          SELECT k.event FROM event e JOIN kind k ON k.no = e.kind WHERE k.event IS NOT NULL AND e.person IN %s)
        """
            .formatted(people));
    Set<String> keys = new HashSet<>();
    db.chunks(
        "SELECT properties FROM event WHERE properties IS NOT NULL AND person IN " + people,
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            keys.addAll(keys(chunk.vector(0).getString(i)));
          }
        });
    keys.forEach(key -> db.run("DELETE FROM source_word WHERE is_key AND word = ?", key));
  }

  private void note(int source, boolean key, String word) {
    db.run(
        """
        INSERT INTO source_word SELECT ?, ?, ? WHERE NOT EXISTS (
          SELECT 1 FROM source_word WHERE source = ? AND is_key = ? AND word = ?)
        """,
        source,
        key,
        word,
        source,
        key,
        word);
  }
}
