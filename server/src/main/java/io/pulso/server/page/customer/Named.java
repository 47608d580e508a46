package io.pulso.server.page.customer;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Model;
import io.pulso.server.score.Sight;
import org.jspecify.annotations.Nullable;

/// By what a customer or an account is known to readers.
///
/// @param name its trait of that name where that is shown, else its id
/// @param isId whether that is the id
public record Named(String name, boolean isId) {
  /// The name of an account is that of no person, so everybody sees it.
  static Named of(Model.Subject kind, String id, Json.Obj traits, Sight sight) {
    return (kind == Model.Subject.ACCOUNT || !sight.masks("name"))
            && traits.get("name") instanceof Json.Str(String name)
            && !name.isBlank()
        ? new Named(name, false)
        : new Named(id, true);
  }

  /// Traits as they are stored.
  static Json.Obj traits(@Nullable String json) {
    try {
      return json != null && JsonText.read(json) instanceof Json.Obj object
          ? object
          : Json.Obj.EMPTY;
    } catch (JsonFault e) {
      throw new IllegalStateException("stored traits are no JSON", e);
    }
  }

  /// The value of a trait as text; empty where there is none.
  static String text(@Nullable Json value) {
    return switch (value) {
      case null -> "";
      case Json.Null none -> "";
      case Json.Str(String text) -> text;
      case Json other -> JsonText.write(other);
    };
  }
}
