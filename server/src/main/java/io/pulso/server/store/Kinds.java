package io.pulso.server.store;

import io.pulso.engine.event.EventType;
import io.pulso.engine.event.ReservedNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The numbers of what can happen: type with event or page name. New ones are written when the
/// import is committed.
final class Kinds {
  private final Map<Kind, Integer> numbers = new HashMap<>();

  /// Of track calls without a page's name, for speed.
  private final Map<String, Integer> tracks = new HashMap<>();

  private final List<Kind> added = new ArrayList<>();
  private int next;

  record Kind(String type, @Nullable String event, @Nullable String name) {}

  private Kinds() {}

  static Kinds read(Db db) {
    Kinds kinds = new Kinds();
    db.list(
            "SELECT no, type, event, name FROM kind",
            row ->
                Map.entry(
                    new Kind(row.getString(2), row.getString(3), row.getString(4)), row.getInt(1)))
        .forEach(entry -> {
          kinds.numbers.put(entry.getKey(), entry.getValue());
          kinds.next = Math.max(kinds.next, entry.getValue() + 1);
        });
    return kinds;
  }

  /// The number of a kind.
  int number(EventType type, @Nullable String event, @Nullable String name) {
    boolean track = type == EventType.TRACK && name == null && event != null;
    Integer seen = track ? tracks.get(event) : null;
    return seen != null ? seen : look(type, event, name);
  }

  private int look(EventType type, @Nullable String event, @Nullable String name) {
    Kind kind = new Kind(type.word(), event, name);
    int number = numbers.containsKey(kind) ? numbers.get(kind) : add(kind);
    if (type == EventType.TRACK && event != null && name == null) {
      tracks.put(event, number);
    }
    return number;
  }

  private int add(Kind kind) {
    int next = this.next++;
    numbers.put(kind, next);
    added.add(kind);
    return next;
  }

  /// Writes the kinds that are new.
  void write(Db db) {
    for (Kind kind : added) {
      db.run(
          "INSERT INTO kind VALUES (?, ?, ?, ?, ?)",
          numbers.get(kind),
          kind.type(),
          kind.event(),
          kind.name(),
          passive(kind.event()));
    }
    added.clear();
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
