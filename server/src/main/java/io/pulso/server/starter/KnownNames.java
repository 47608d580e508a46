package io.pulso.server.starter;

import io.pulso.engine.model.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The event names whose meaning for a model is known, with their titles.
final class KnownNames {
  private static final List<String> LANGUAGES = List.of("en", "es", "it", "zh");
  private static final int FIRST_TITLE = 4;
  private static final Map<String, Known> ALL = read();

  private KnownNames() {}

  /// One of them.
  ///
  /// @param points what one is worth, of negative ones
  /// @param perDay the most a day that count; null where data decide
  /// @param title empty where it never becomes a rule
  record Known(String name, Role role, long points, @Nullable Integer perDay, Texts title) {}

  /// The one that is written so, or with the same words: `order_completed` is Order Completed.
  static @Nullable Known find(String name) {
    return ALL.get(words(name));
  }

  private static String words(String name) {
    return String.join(" ", NameWords.words(name));
  }

  static List<Known> all() {
    return List.copyOf(ALL.values());
  }

  private static Map<String, Known> read() {
    Map<String, Known> all = new HashMap<>();
    text()
        .lines()
        .skip(1)
        .map(KnownNames::line)
        .forEach(known -> all.put(words(known.name()), known));
    return Map.copyOf(all);
  }

  private static Known line(String line) {
    List<String> cells = List.of(line.split(",", -1));
    Map<String, String> titles = new HashMap<>();
    for (int i = 0; i < LANGUAGES.size(); i++) {
      String title = cells.get(FIRST_TITLE + i);
      if (!title.isEmpty()) {
        titles.put(LANGUAGES.get(i), title);
      }
    }
    return new Known(
        cells.get(0),
        Role.valueOf(cells.get(1).toUpperCase(Locale.ROOT)),
        cells.get(2).isEmpty() ? 0 : Long.parseLong(cells.get(2)),
        cells.get(3).isEmpty() ? null : Integer.valueOf(cells.get(3)),
        new Texts(titles));
  }

  private static String text() {
    try (InputStream file = KnownNames.class.getResourceAsStream("known-names.csv")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
