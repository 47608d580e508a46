package io.pulso.server.store;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The texts in a record, as it came, that can be ids: those of JSON, cells of delimited text, and
/// what stands between quotes or delimiters in anything that is broken.
final class Mentions {
  private static final int LONGEST = 200;
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"?");
  private static final Pattern DELIMITER = Pattern.compile("[,;|\\t\\r\\n\"'{}\\[\\]:=&?/]+");
  private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

  private Mentions() {}

  static Set<String> of(String body) {
    Set<String> found = new HashSet<>();
    try {
      walk(JsonText.read(body), found);
    } catch (JsonFault e) {
      pieces(body, found);
    }
    found.removeIf(text -> text.isEmpty() || text.length() > LONGEST);
    return found;
  }

  private static void walk(Json json, Set<String> found) {
    switch (json) {
      case Json.Str(String text) -> found.add(text);
      case Json.Num number -> found.add(JsonText.write(number));
      case Json.Arr list -> list.items().forEach(item -> walk(item, found));
      case Json.Obj object ->
          object
              .fields()
              .forEach((key, value) -> {
                found.add(key);
                walk(value, found);
              });
      default -> {}
    }
  }

  private static void pieces(String body, Set<String> found) {
    String text =
        ESCAPED
            .matcher(body)
            .replaceAll(one ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(one.group(1), 16))));
    Matcher quoted = QUOTED.matcher(text);
    while (quoted.find()) {
      found.add(quoted.group(1).replace("\\\"", "\"").replace("\\/", "/").replace("\\\\", "\\"));
    }
    DELIMITER
        .splitAsStream(text)
        .forEach(piece -> {
          found.add(piece);
          found.add(piece.strip());
        });
  }
}
