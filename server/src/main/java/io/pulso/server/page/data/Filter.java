package io.pulso.server.page.data;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a list is asked for. Values may name people, so addresses hold an id under which they are
/// kept.
///
/// @param id empty where nothing is asked for
record Filter(String id, Map<String, String> fields) {
  private static final int LONGEST = 200;

  /// The filter that the address of a request means.
  static Filter of(Visit visit, Store store, String area) {
    String id = visit.shortParam("view");
    return id == null
        ? new Filter("", Map.of())
        : store
            .byHand()
            .views()
            .find(area, id)
            .map(row -> new Filter(row.id(), read(row.state())))
            .orElse(new Filter("", Map.of()));
  }

  /// Keeps what a form asks for.
  static Filter keep(Visit visit, Site site, Store store, String area, List<String> names) {
    Map<String, Json> given = new LinkedHashMap<>();
    for (String name : names) {
      String value = visit.form(name);
      if (value != null && !value.isBlank() && value.length() <= LONGEST) {
        given.put(name, new Json.Str(value.strip()));
      }
    }
    if (given.isEmpty()) {
      return new Filter("", Map.of());
    }
    String state = JsonText.write(new Json.Obj(given));
    long now = site.parts().clock().millis() * 1_000;
    String id = store.byHand().views().keep(area, visit.person().id(), state, now);
    return new Filter(id, read(state));
  }

  private static Map<String, String> read(String state) {
    Map<String, String> fields = new LinkedHashMap<>();
    try {
      if (JsonText.read(state) instanceof Json.Obj object) {
        object
            .fields()
            .forEach((name, value) -> {
              if (value instanceof Json.Str(String text)) {
                fields.put(name, text);
              }
            });
      }
    } catch (JsonFault e) {
      throw new IllegalStateException("a saved filter is no JSON", e);
    }
    return fields;
  }

  @Nullable String get(String name) {
    return fields.get(name);
  }
}
