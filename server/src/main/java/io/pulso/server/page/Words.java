package io.pulso.server.page;

import io.pulso.engine.json.Json;
import io.pulso.engine.yaml.Notes;
import io.pulso.engine.yaml.Yaml;
import io.pulso.engine.yaml.YamlJson;
import io.pulso.engine.yaml.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// The texts of the pages, by key and language. They stand in one file for each area of the
/// product, all languages of a text beside each other.
final class Words {
  /// The files of texts.
  static final List<String> AREAS =
      List.of(
          "frame",
          "overview",
          "customers",
          "entry",
          "settings",
          "audit",
          "data",
          "today",
          "model",
          "faults",
          "metric",
          "campaign",
          "segment",
          "journeys",
          "paths");

  private static final String ONE = "one";
  private static final String OTHER = "other";

  private final Map<String, Map<Language, Phrase>> byKey;

  /// A text; where it counts something, also the one for a single thing.
  record Phrase(String one, String other) {}

  private Words(Map<String, Map<Language, Phrase>> byKey) {
    this.byKey = byKey;
  }

  /// All texts of this program.
  static Words read() {
    Map<String, Map<Language, Phrase>> all = new HashMap<>();
    for (String area : AREAS) {
      read(area, all);
    }
    return new Words(all);
  }

  private static void read(String area, Map<String, Map<Language, Phrase>> all) {
    String file = "words/" + area + ".yaml";
    Notes faults = new Notes(file);
    Yaml root = YamlText.read(text(file), faults);
    if (root instanceof Yaml.Mapping keys) {
      for (Yaml.Entry entry : keys.entries()) {
        Map<Language, Phrase> phrases = phrases(entry, faults);
        if (all.putIfAbsent(entry.key(), phrases) != null) {
          faults.add(entry.line(), "the text '" + entry.key() + "' is there twice");
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalStateException(String.join("\n", faults.list()));
    }
  }

  private static Map<Language, Phrase> phrases(Yaml.Entry entry, Notes faults) {
    Map<Language, Phrase> phrases = new EnumMap<>(Language.class);
    if (YamlJson.read(entry.value(), faults) instanceof Json.Obj languages) {
      for (Map.Entry<String, Json> each : languages.fields().entrySet()) {
        Language language = Language.of(each.getKey());
        Phrase phrase = phrase(each.getValue());
        if (language == null || phrase == null) {
          faults.add(entry.line(), "'" + entry.key() + "' has no text at " + each.getKey());
        } else {
          phrases.put(language, phrase);
        }
      }
    }
    if (phrases.size() < Language.values().length) {
      faults.add(entry.line(), "'" + entry.key() + "' is not there in all languages");
    }
    return phrases;
  }

  private static @org.jspecify.annotations.Nullable Phrase phrase(Json value) {
    return switch (value) {
      case Json.Str(String text) -> new Phrase(text, text);
      case Json.Obj forms
          when forms.get(ONE) instanceof Json.Str(String one)
              && forms.get(OTHER) instanceof Json.Str(String other) ->
          new Phrase(one, other);
      default -> null;
    };
  }

  private static String text(String file) {
    try (InputStream in = Words.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> keys() {
    return new TreeSet<>(byKey.keySet());
  }

  boolean has(String key) {
    return byKey.containsKey(key);
  }

  /// The form of a text that fits a number of things.
  String form(Language language, String key, boolean single) {
    Map<Language, Phrase> phrases = byKey.get(key);
    if (phrases == null) {
      throw new IllegalArgumentException("the pages have no text '" + key + "'");
    }
    Phrase phrase = Objects.requireNonNull(phrases.get(language));
    return single ? phrase.one() : phrase.other();
  }

  /// A text with its parts filled in.
  ///
  /// @param parts names and texts by turns
  static String fill(String form, List<String> parts) {
    if (parts.isEmpty()) {
      return form;
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < form.length()) {
      int open = form.indexOf('{', at);
      int close = open < 0 ? -1 : form.indexOf('}', open);
      if (close < 0) {
        break;
      }
      String name = form.substring(open + 1, close);
      int part = -1;
      for (int i = 0; i < parts.size(); i += 2) {
        part = parts.get(i).equals(name) ? i + 1 : part;
      }
      out.append(form, at, open)
          .append(part < 0 ? form.substring(open, close + 1) : parts.get(part));
      at = close + 1;
    }
    return out.append(form, at, form.length()).toString();
  }
}
