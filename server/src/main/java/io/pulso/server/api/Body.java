package io.pulso.server.api;

import io.pulso.engine.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of a JSON body; one that nobody asks for is refused.
final class Body {
  private static final int MOST = 1_000_000_000;

  private final Map<String, Json> left;

  Body(Json.Obj object) {
    this.left = new LinkedHashMap<>(object.fields());
  }

  /// Whether a field is given that was not asked for yet.
  boolean has(String name) {
    return left.containsKey(name);
  }

  @Nullable String text(String name) {
    return switch (left.remove(name)) {
      case null -> null;
      case Json.Null none -> null;
      case Json.Str text -> text.value();
      case Json other -> throw wrong(name, "a text");
    };
  }

  String needed(String name) {
    String text = text(name);
    if (text == null || text.isBlank()) {
      throw new Refused(400, "'%s' is missing".formatted(name));
    }
    return text;
  }

  boolean truth(String name) {
    return switch (left.remove(name)) {
      case null -> false;
      case Json.Bool truth -> truth.value();
      case Json other -> throw wrong(name, "true or false");
    };
  }

  /// A day since 1970-01-01; null where there is none.
  @Nullable Integer day(String name) {
    String text = text(name);
    return text == null ? null : (Integer) Call.day(name, text);
  }

  /// A whole number that is not negative; 0 where there is none.
  int whole(String name) {
    return switch (left.remove(name)) {
      case null -> 0;
      case Json.Num number
          when number.value() == Math.rint(number.value())
              && number.value() >= 0
              && number.value() <= MOST ->
          (int) number.value();
      case Json other -> throw wrong(name, "a whole number from 0 to " + MOST);
    };
  }

  /// A number in thousandths; null where there is none.
  @Nullable Long milli(String name) {
    return switch (left.remove(name)) {
      case null -> null;
      case Json.Num number when Math.abs(number.value()) <= MOST && isMilli(number.value()) ->
          Math.round(number.value() * 1000);
      case Json other -> throw wrong(name, "a number with at most 3 decimals");
    };
  }

  private static boolean isMilli(double value) {
    return Math.round(value * 1000) / 1000.0 == value;
  }

  /// An object; an empty one where there is none.
  Json.Obj object(String name) {
    return switch (left.remove(name)) {
      case null -> Json.Obj.EMPTY;
      case Json.Obj object -> object;
      case Json other -> throw wrong(name, "an object");
    };
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    switch (left.remove(name)) {
      case null -> {}
      case Json.Arr list -> {
        for (Json item : list.items()) {
          if (!(item instanceof Json.Str text)) {
            throw wrong(name, "a list of texts");
          }
          texts.add(text.value());
        }
      }
      case Json other -> throw wrong(name, "a list of texts");
    }
    return texts;
  }

  /// The fields of each object of a list; none where there is none.
  List<Body> bodies(String name) {
    List<Body> found = new ArrayList<>();
    switch (left.remove(name)) {
      case null -> {}
      case Json.Arr list -> {
        for (Json item : list.items()) {
          if (!(item instanceof Json.Obj object)) {
            throw wrong(name, "a list of objects");
          }
          found.add(new Body(object));
        }
      }
      case Json other -> throw wrong(name, "a list of objects");
    }
    return found;
  }

  /// Refuses fields that were not asked for.
  void done() {
    if (!left.isEmpty()) {
      throw new Refused(400, "there is no field '%s'".formatted(left.keySet().iterator().next()));
    }
  }

  private static Refused wrong(String name, String wanted) {
    return new Refused(400, "'%s' must be %s".formatted(name, wanted));
  }
}
