package io.pulso.engine.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A text by language code (`en`, `es`, `it`, `zh`); empty when the author gave none.
public record Texts(Map<String, String> byLanguage) {
  public static final Texts NONE = new Texts(Map.of());

  public Texts {
    byLanguage = Map.copyOf(byLanguage);
  }

  /// The text in that language, else in English, else in any language, else null.
  public @Nullable String in(String language) {
    String text = byLanguage.get(language);
    if (text == null) {
      text = byLanguage.get("en");
    }
    return text != null
        ? text
        : byLanguage.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
  }
}
