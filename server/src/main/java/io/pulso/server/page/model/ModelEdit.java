package io.pulso.server.page.model;

import io.pulso.engine.model.Model;
import io.pulso.engine.model.TextsEdit;
import io.pulso.engine.yaml.YamlEdit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One thing that somebody changed in the form of a model.
///
/// @param place empty for the model itself, else a letter and a number from 0: `a0` for the first
///   activity, `g0` for the first group, `b0` for the first band
/// @param field what is changed
/// @param value as it was typed; empty where it is taken away
record ModelEdit(String place, String field, String value) {
  private static final Pattern PLACE = Pattern.compile("([agb])(\\d{1,4})");
  private static final String ACTIVITIES = "activities";

  /// The text with the change; null where it cannot be made without touching what is around it.
  ///
  /// @param language of titles and other words
  @Nullable String apply(String text, String language) {
    if (place.isEmpty()) {
      return whole(text);
    }
    Matcher found = PLACE.matcher(place);
    if (!found.matches()) {
      return null;
    }
    int at = Integer.parseInt(found.group(2));
    return switch (String.valueOf(found.group(1))) {
      case "a" -> activity(text, at, language);
      case "g" -> new GroupEdit(at, field, value).apply(text, language);
      default -> new BandEdit(at, field, value).apply(text, language);
    };
  }

  private @Nullable String whole(String text) {
    return switch (field) {
      case "window" -> YamlEdit.set(text, List.of("window"), Written.days(value));
      case "decay" -> Written.decay(text, List.of("decay"), value);
      case "add" -> YamlEdit.addItem(text, List.of(ACTIVITIES), value);
      case "add_group" -> GroupEdit.add(text, value);
      case "add_band" -> BandEdit.add(text);
      case "own_bands" -> BandEdit.own(text);
      case "usual_bands" -> YamlEdit.drop(text, List.of("bands"));
      default -> null;
    };
  }

  private @Nullable String activity(String text, int at, String language) {
    return switch (field) {
      case "remove" -> YamlEdit.removeItem(text, List.of(ACTIVITIES), at);
      case "title" ->
          TextsEdit.set(
              text,
              List.of(ACTIVITIES, at, field),
              language,
              value,
              () -> {
                Model model = Written.read(text);
                return model == null ? null : model.activities().get(at).title();
              });
      case "match" -> YamlEdit.set(text, of(at, field), YamlEdit.scalar(value));
      case "unit" -> unit(text, at);
      case "window" -> Written.orNone(text, of(at, field), value, Written.days(value));
      case "decay" -> Written.decay(text, of(at, field), value);
      case "points", "weight", "target", "goal" ->
          Written.orNone(text, of(at, field), value, Written.number(value));
      case "group", "expect", "per" ->
          Written.orNone(text, of(at, field), value, YamlEdit.flowScalar(value));
      case "per_day", "per_window", "per_person" ->
          Written.under(text, of(at, "cap"), field, value, Written.number(value));
      default -> null;
    };
  }

  private static List<Object> of(int at, String key) {
    return List.of(ACTIVITIES, at, key);
  }

  /// `numeric` or `distinct` and a place, or nothing for occurrences.
  private @Nullable String unit(String text, int at) {
    String[] parts = value.split(" ", 2);
    String path = parts.length == 2 ? parts[1].strip() : "";
    return switch (parts[0]) {
      case "numeric" -> YamlEdit.set(text, of(at, "unit"), YamlEdit.flowScalar(path));
      case "distinct" ->
          YamlEdit.set(text, of(at, "unit"), "{distinct: " + YamlEdit.flowScalar(path) + "}");
      default -> YamlEdit.drop(text, of(at, "unit"));
    };
  }
}
