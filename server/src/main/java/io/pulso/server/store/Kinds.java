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
    Kind kind = new Kind(type.word(), event, name);
    Integer known = numbers.get(kind);
    if (known != null) {
      return known;
    }
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
