package io.pulso.engine.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One JSON value as Pulso keeps it: every number is a finite double.
public sealed interface Json {
  record Str(String value) implements Json {}

  record Num(double value) implements Json {}

  record Bool(boolean value) implements Json {}

  /// The JSON `null`.
  record Null() implements Json {}

  record Arr(List<Json> items) implements Json {
    public Arr {
      items = List.copyOf(items);
    }
  }

  /// An object; keys keep the order in which they were read.
  record Obj(Map<String, Json> fields) implements Json {
    public static final Obj EMPTY = new Obj(Map.of());

    public @Nullable Json get(String key) {
      return fields.get(key);
    }

    public boolean isEmpty() {
      return fields.isEmpty();
    }
  }
}
