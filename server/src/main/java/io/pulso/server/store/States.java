package io.pulso.server.store;

import io.pulso.engine.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The traits of one subject over time: each record is merged into those before it, key by key; a
/// null removes a key.
final class States {
  private final Map<String, Json> traits = new LinkedHashMap<>();
  private final List<State> states = new ArrayList<>();

  /// What held from an instant on.
  record State(long from, Json.Obj traits) {}

  /// Takes the next record; they come in the order (occurred_at, received_at, messageId).
  void add(long occurredAt, Json.Obj record) {
    for (Map.Entry<String, Json> field : record.fields().entrySet()) {
      if (field.getValue() instanceof Json.Null) {
        traits.remove(field.getKey());
      } else {
        traits.put(field.getKey(), field.getValue());
      }
    }
    Json.Obj now = new Json.Obj(new LinkedHashMap<>(traits));
    State last = states.isEmpty() ? null : states.getLast();
    if (last != null && last.from() == occurredAt) {
      states.removeLast();
    }
    if (!now.equals(lastTraits())) {
      states.add(new State(occurredAt, now));
    }
  }

  private Json.@Nullable Obj lastTraits() {
    return states.isEmpty() ? null : states.getLast().traits();
  }

  List<State> all() {
    return states;
  }
}
