package io.pulso.server.ingest;

import io.pulso.engine.yaml.Nearest;
import io.pulso.server.event.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The part of a record that a column or an expression gives.
///
/// @param key the field of properties, traits or context; empty for the other parts
record Target(Part part, String key) {
  /// The parts by their words in mappings.
  enum Part {
    USER_ID("customer user_id userId"),
    ANONYMOUS_ID("anonymous_id anonymousId"),
    PREVIOUS_ID("previous_id previousId"),
    GROUP_ID("account group group_id groupId"),
    EVENT("event"),
    NAME("name"),
    TYPE("type"),
    TIME("time timestamp"),
    RECEIVED("received received_at receivedAt"),
    MESSAGE_ID("message_id messageId"),
    VALUE("value"),
    CHANNEL("channel"),
    PROPERTIES("properties"),
    STARTED("started"),
    RENEWED("renewed"),
    UPGRADED("upgraded"),
    DOWNGRADED("downgraded"),
    CANCELLED("cancelled"),
    METRIC("metric"),
    PROPERTY(""),
    TRAIT(""),
    CONTEXT("");

    private final String words;

    /// @param words parted by blanks; empty for parts that are written with a prefix
    Part(String words) {
      this.words = words;
    }

    private List<String> words() {
      return words.isEmpty() ? List.of() : List.of(words.split(" "));
    }

    /// The word it is shown by.
    String word() {
      return words().get(0);
    }
  }

  private static final Map<String, Part> WORDS = words();
  private static final Map<String, Part> PREFIXES =
      Map.of("properties.", Part.PROPERTY, "traits.", Part.TRAIT, "context.", Part.CONTEXT);

  private static Map<String, Part> words() {
    Map<String, Part> words = new LinkedHashMap<>();
    for (Part part : Part.values()) {
      part.words().forEach(word -> words.put(word, part));
    }
    return words;
  }

  static Target of(Part part) {
    return new Target(part, "");
  }

  static Target property(String key) {
    return new Target(Part.PROPERTY, key);
  }

  /// What a word on the left of a mapping means.
  static Target read(String word) {
    Part part = WORDS.get(word);
    if (part != null) {
      return of(part);
    }
    for (Map.Entry<String, Part> prefix : PREFIXES.entrySet()) {
      if (word.startsWith(prefix.getKey()) && word.length() > prefix.getKey().length()) {
        return new Target(prefix.getValue(), word.substring(prefix.getKey().length()));
      }
    }
    List<String> known = new ArrayList<>(WORDS.keySet());
    known.add("properties.…");
    known.add("traits.…");
    known.add("context.…");
    throw new InputException("a mapping cannot set '" + word + "'" + Nearest.hint(word, known));
  }

  String word() {
    return switch (part) {
      case PROPERTY -> "properties." + key;
      case TRAIT -> "traits." + key;
      case CONTEXT -> "context." + key;
      default -> part.word();
    };
  }
}
