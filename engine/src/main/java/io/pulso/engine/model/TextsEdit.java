package io.pulso.engine.model;

import io.pulso.engine.yaml.YamlEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Changes words in one language where they stand in a YAML text; those in others stay.
public final class TextsEdit {
  private static final String ENGLISH = "en";

  private TextsEdit() {}

  /// The text with other words at a place.
  ///
  /// @param value empty where the words are taken away
  /// @param present what holds in all languages, which may come from elsewhere; null where it is
  ///   not known
  /// @return null where that cannot be done without touching what is around it
  public static @Nullable String set(
      String text,
      List<Object> path,
      String language,
      String value,
      Supplier<@Nullable Texts> present) {
    List<Object> own = new ArrayList<>(path);
    own.add(language);
    if (value.isEmpty()) {
      String without = YamlEdit.drop(text, own);
      return text.equals(without) && language.equals(ENGLISH) ? YamlEdit.drop(text, path) : without;
    }
    String set = YamlEdit.set(text, own, quoted(value));
    if (set != null) {
      return set;
    }
    Texts known = present.get();
    Map<String, String> all = new TreeMap<>(known == null ? Map.of() : known.byLanguage());
    all.put(language, value);
    return YamlEdit.set(
        text,
        path,
        all.keySet().equals(Set.of(ENGLISH))
            ? quoted(value)
            : all.entrySet().stream()
                .map(each -> each.getKey() + ": " + quoted(each.getValue()))
                .collect(Collectors.joining(", ", "{", "}")));
  }

  /// A text of one or several lines.
  private static String quoted(String value) {
    return value.contains("\n")
        ? '"'
            + value
                .replace("\r", "")
                .replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
            + '"'
        : YamlEdit.flowScalar(value);
  }
}
