package io.pulso.engine.model;

import io.pulso.engine.expr.Path;
import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Nearest;
import io.pulso.engine.yaml.Words;
import io.pulso.engine.yaml.Yaml;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what an activity counts.
final class UnitReader {
  static final List<String> DISTINCT_FIELDS = List.of("distinct");
  private static final String OCCURRENCES = "occurrences";
  private static final List<String> WORDS = List.of(OCCURRENCES, "value", "name");

  private UnitReader() {}

  static Unit read(Fields activity) {
    Yaml value = activity.get("unit");
    if (value instanceof Yaml.Mapping) {
      Fields distinct = activity.under("unit", DISTINCT_FIELDS);
      Path path =
          distinct == null || !distinct.require("distinct") ? null : path(distinct, "distinct");
      return path == null ? new Unit.Occurrences() : new Unit.Distinct(path);
    }
    Yaml.Scalar word = activity.scalar("unit", "a word or {distinct: …}");
    if (word == null || word.text().equals(OCCURRENCES)) {
      return new Unit.Occurrences();
    }
    Path path = path(activity, "unit");
    return path == null ? new Unit.Occurrences() : new Unit.Numeric(path);
  }

  private static @Nullable Path path(Fields fields, String key) {
    Yaml.Scalar word = fields.scalar(key, "a place such as properties.minutes");
    if (word == null) {
      return null;
    }
    Path path = PathText.read(word.text());
    if (path == null) {
      fields.fault(
          key, Words.quote(key) + " cannot be " + Words.quote(word.text()) + hint(word.text()));
    }
    return path;
  }

  private static String hint(String text) {
    String near = Nearest.to(text, WORDS);
    return near != null
        ? "; did you mean " + Words.quote(near) + "?"
        : "; use value, name, or a place under properties or context such as properties.minutes";
  }

  /// As it is written in a model file.
  static String write(Unit unit) {
    return switch (unit) {
      case Unit.Occurrences o -> OCCURRENCES;
      case Unit.Numeric numeric -> PathText.write(numeric.path());
      case Unit.Distinct distinct -> "distinct " + PathText.write(distinct.path());
    };
  }
}
