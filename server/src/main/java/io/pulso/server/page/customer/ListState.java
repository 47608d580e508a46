package io.pulso.server.page.customer;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.event.InputException;
import io.pulso.server.page.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a list is asked for: its filters with their values, its columns, its order. It is kept in
/// the store, and addresses have its id.
///
/// @param fields by their names, without empty ones
public record ListState(Map<String, List<String>> fields) {
  static final ListState EMPTY = new ListState(Map.of());

  /// Fields with one value.
  private static final List<String> SINGLE =
      List.of(
          "search", "least", "most", "event", "did", "times", "within", "seen", "trait", "is",
          "value", "account", "cel", "all", "sort", "segment", "journey");

  /// Fields with any number of them.
  private static final List<String> SEVERAL = List.of("band", "column");

  private static final int LONGEST = 2_000;

  /// Of what a page of journeys asked for.
  private static final int LONGEST_JOURNEY = 8_000;

  private static final int MOST = 40;

  public ListState {
    fields = java.util.Collections.unmodifiableMap(new TreeMap<>(fields));
  }

  /// What a form says.
  static ListState of(Visit visit) {
    Map<String, List<String>> fields = new TreeMap<>();
    for (String name : SINGLE) {
      String value = visit.form(name);
      if (value != null && !value.isBlank()) {
        int longest = name.equals("journey") ? LONGEST_JOURNEY : LONGEST;
        fields.put(name, List.of(checked(value.strip(), longest)));
      }
    }
    for (String name : SEVERAL) {
      List<String> values =
          visit.forms(name).stream()
              .filter(value -> !value.isBlank())
              .map(value -> checked(value, LONGEST))
              .toList();
      if (values.size() > MOST) {
        throw new InputException("at most %d of '%s'".formatted(MOST, name));
      }
      if (!values.isEmpty()) {
        fields.put(name, values);
      }
    }
    return new ListState(fields);
  }

  private static String checked(String value, int longest) {
    if (value.length() > longest) {
      throw new InputException("a field has at most %d characters".formatted(longest));
    }
    return JsonText.clean(value);
  }

  /// What was kept.
  static ListState read(String json) {
    Map<String, List<String>> fields = new TreeMap<>();
    try {
      if (JsonText.read(json) instanceof Json.Obj object) {
        object
            .fields()
            .forEach((name, value) -> {
              if (value instanceof Json.Arr list) {
                List<String> values = new ArrayList<>();
                list.items()
                    .forEach(item -> {
                      if (item instanceof Json.Str(String text)) {
                        values.add(text);
                      }
                    });
                fields.put(name, values);
              }
            });
      }
    } catch (JsonFault e) {
      throw new IllegalStateException("a kept view is no JSON", e);
    }
    return new ListState(fields);
  }

  /// As it is kept.
  String json() {
    Map<String, Json> object = new TreeMap<>();
    fields.forEach((name, values) ->
        object.put(name, new Json.Arr(values.stream().<Json>map(Json.Str::new).toList())));
    return JsonText.write(new Json.Obj(object));
  }

  /// The same with another value of a field.
  ///
  /// @param value null to take the field away
  ListState with(String name, @Nullable String value) {
    Map<String, List<String>> changed = new TreeMap<>(fields);
    changed.remove(name);
    if (value != null) {
      changed.put(name, List.of(value));
    }
    return new ListState(changed);
  }

  /// The value of a field; empty where there is none.
  public String one(String name) {
    List<String> values = fields.get(name);
    return values == null ? "" : values.getFirst();
  }

  public List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /// How many filters there are beside the search and the bands.
  public long more() {
    return List.of(
            "least", "most", "event", "seen", "trait", "account", "cel", "all", "segment",
            "journey")
        .stream()
        .filter(fields::containsKey)
        .count();
  }

  /// Whether anything is left out.
  public boolean isFiltered() {
    return more() > 0 || has("search") || has("band");
  }
}
