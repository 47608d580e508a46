package io.pulso.server.store;

import io.pulso.engine.event.EventType;
import io.pulso.engine.event.ReservedNames;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The numbers of what can happen: type with event or page name.
final class Kinds {
  private final Db db;
  private final Map<Kind, Integer> numbers = new HashMap<>();

  /// Of track calls without a page's name, for speed.
  private final Map<String, Integer> tracks = new HashMap<>();

  record Kind(String type, @Nullable String event, @Nullable String name) {}

  private Kinds(Db db) {
    this.db = db;
  }

  static Kinds read(Db db) {
    Kinds kinds = new Kinds(db);
    db.list(
            "SELECT no, type, event, name FROM kind",
            row ->
                Map.entry(
                    new Kind(row.getString(2), row.getString(3), row.getString(4)), row.getInt(1)))
        .forEach(entry -> kinds.numbers.put(entry.getKey(), entry.getValue()));
    return kinds;
  }

  /// The number of a kind; a new one is written at once, inside the running transaction.
  int number(EventType type, @Nullable String event, @Nullable String name) {
    boolean track = type == EventType.TRACK && name == null && event != null;
    Integer seen = track ? tracks.get(event) : null;
    return seen != null ? seen : look(type, event, name);
  }

  private int look(EventType type, @Nullable String event, @Nullable String name) {
    Kind kind = new Kind(type.word(), event, name);
    int number = numbers.containsKey(kind) ? numbers.get(kind) : add(kind, event, name);
    if (type == EventType.TRACK && event != null && name == null) {
      tracks.put(event, number);
    }
    return number;
  }

  private int add(Kind kind, @Nullable String event, @Nullable String name) {
    int next = numbers.size();
    db.run(
        "INSERT INTO kind VALUES (?, ?, ?, ?, ?)", next, kind.type(), event, name, passive(event));
    numbers.put(kind, next);
    return next;
  }

  private static int passive(@Nullable String event) {
    ReservedNames.Reserved reserved = event == null ? null : ReservedNames.find(event);
    if (reserved == null) {
      return 0;
    }
    return switch (reserved.passive()) {
      case NEVER -> 0;
      case ALWAYS -> 1;
      case WITH_AGENT -> 2;
    };
  }
}
