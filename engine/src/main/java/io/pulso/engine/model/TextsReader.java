package io.pulso.engine.model;

import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Words;
import io.pulso.engine.yaml.Yaml;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a text that is one string, taken as English, or a string for each language.
public final class TextsReader {
  public static final int TITLE = 200;
  public static final int LONG = 2_000;
  private static final int MOST_LANGUAGES = 50;
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");

  private TextsReader() {}

  public static Texts read(Fields fields, String key, int longest) {
    return switch (fields.get(key)) {
      case null -> Texts.NONE;
      case Yaml.Scalar s -> {
        String text = words(fields, key, longest);
        yield text == null ? Texts.NONE : new Texts(Map.of("en", text));
      }
      case Yaml.Mapping byLanguage -> languages(fields, key, byLanguage, longest);
      case Yaml other -> {
        fields.wrong(key, "a text, or a text for each language", other);
        yield Texts.NONE;
      }
    };
  }

  private static Texts languages(Fields fields, String key, Yaml.Mapping mapping, int longest) {
    List<String> codes = mapping.entries().stream().map(Yaml.Entry::key).toList();
    Fields texts = fields.under(key, codes);
    Map<String, String> found = new TreeMap<>();
    if (texts == null || codes.isEmpty() || codes.size() > MOST_LANGUAGES) {
      fields.fault(key, Words.quote(key) + " needs 1 to " + MOST_LANGUAGES + " languages");
      return Texts.NONE;
    }
    for (String code : codes) {
      String text = text(texts, code, longest);
      if (text != null) {
        found.put(code, text);
      }
    }
    return new Texts(found);
  }

  private static @Nullable String text(Fields texts, String code, int longest) {
    if (LANGUAGE.matcher(code).matches()) {
      return words(texts, code, longest);
    }
    String codes = "; use en, es, it, zh or another code such as pt-BR";
    texts.refuse(code, Words.quote(code) + " is no language code" + codes);
    return null;
  }

  private static @Nullable String words(Fields fields, String key, int longest) {
    return longest > TITLE ? fields.prose(key, longest) : fields.text(key, longest);
  }
}
