package io.pulso.server.page.model;

import io.pulso.engine.yaml.YamlEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One thing that somebody changed in the form of a model.
///
/// @param at the place of the activity, from 0; -1 for the model itself
/// @param field what is changed
/// @param value as it was typed; empty where it is taken away
record ModelEdit(int at, String field, String value) {
  private static final String ACTIVITIES = "activities";
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}(\\.\\d{1,3})?");
  private static final Set<String> NUMBERS = Set.of("points", "weight", "target");
  private static final Set<String> CAPS = Set.of("per_day", "per_window");

  /// The text with the change; null where it cannot be made without touching what is around it.
  ///
  /// @param language of titles
  @Nullable String apply(String text, String language) {
    return switch (field) {
      case "window" -> number() ? set(text, List.of("window"), value + "d") : null;
      case "half_life" ->
          value.isEmpty()
              ? YamlEdit.remove(text, List.of("decay"))
              : number() ? set(text, List.of("decay"), "{half_life: " + value + "d}") : null;
      case "remove" -> YamlEdit.removeItem(text, List.of(ACTIVITIES), at);
      case "add" -> YamlEdit.addItem(text, List.of(ACTIVITIES), value);
      case "match" -> set(text, of("match"), YamlEdit.scalar(value));
      case "title" -> title(text, language);
      default ->
          NUMBERS.contains(field) && number()
              ? set(text, of(field), value)
              : CAPS.contains(field) ? cap(text) : null;
    };
  }

  private boolean number() {
    return NUMBER.matcher(value).matches();
  }

  private List<Object> of(String... keys) {
    List<Object> path = new ArrayList<>(List.of(ACTIVITIES, at));
    path.addAll(List.of(keys));
    return path;
  }

  private static @Nullable String set(String text, List<Object> path, String value) {
    return YamlEdit.set(text, path, value);
  }

  private @Nullable String title(String text, String language) {
    String flow = YamlEdit.flowScalar(value);
    String own = set(text, of("title", language), flow);
    return own != null ? own : set(text, of("title"), YamlEdit.scalar(value));
  }

  private @Nullable String cap(String text) {
    if (value.isEmpty()) {
      String without = YamlEdit.remove(text, of("cap", field));
      return without != null ? without : YamlEdit.remove(text, of("cap"));
    }
    if (!number()) {
      return null;
    }
    String in = set(text, of("cap", field), value);
    return in != null ? in : set(text, of("cap"), "{" + field + ": " + value + "}");
  }
}
