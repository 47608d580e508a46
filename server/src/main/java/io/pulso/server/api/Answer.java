package io.pulso.server.api;

import io.pulso.engine.json.Json;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A JSON object in the making.
public final class Answer {
  private final Map<String, Json> fields = new LinkedHashMap<>();

  public Answer put(String key, Json value) {
    fields.put(key, value);
    return this;
  }

  public Answer put(String key, @Nullable String text) {
    return put(key, text == null ? new Json.Null() : new Json.Str(text));
  }

  public Answer put(String key, long number) {
    return put(key, new Json.Num(number));
  }

  public Answer put(String key, boolean truth) {
    return put(key, new Json.Bool(truth));
  }

  /// A day since 1970-01-01, or null.
  public Answer day(String key, @Nullable Integer day) {
    return put(key, day == null ? null : LocalDate.ofEpochDay(day).toString());
  }

  /// Thousandths, or null.
  public Answer milli(String key, @Nullable Long milli) {
    return put(key, milli == null ? new Json.Null() : new Json.Num(milli / 1000.0));
  }

  public Answer texts(String key, Collection<String> texts) {
    return list(key, texts, Json.Str::new);
  }

  public <T> Answer list(String key, Collection<T> items, Function<T, Json> each) {
    return put(key, new Json.Arr(items.stream().map(each).toList()));
  }

  public <T> Answer objects(String key, List<T> items, Function<T, Answer> each) {
    return list(key, items, item -> each.apply(item).json());
  }

  public Json.Obj json() {
    return new Json.Obj(Collections.unmodifiableMap(new LinkedHashMap<>(fields)));
  }
}
