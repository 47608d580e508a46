package io.pulso.engine.model;

import io.pulso.engine.yaml.Decimals;
import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Nearest;
import io.pulso.engine.yaml.Words;
import io.pulso.engine.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the small parts that models, activities and groups have in common.
final class PartReader {
  static final List<String> RANGE_FIELDS = List.of("min", "max");
  static final List<String> DECAY_FIELDS = List.of("half_life", "linear");
  static final List<String> GROUP_FIELDS = List.of("name", "title", "cap");
  static final int WIDEST_WINDOW = 730;

  /// The most points of a bound, in milli-points.
  static final long MOST = 1_000_000_000_000L;

  private static final int LONGEST_DECAY = 3_650;
  private static final int MOST_GROUPS = 100;

  private PartReader() {}

  static @Nullable Integer window(Fields fields) {
    return fields.days("window", 1, WIDEST_WINDOW);
  }

  static @Nullable Decay decay(Fields fields) {
    Yaml value = fields.get("decay");
    if (value == null) {
      return null;
    }
    if (value instanceof Yaml.Scalar word) {
      if (!word.text().equals("none")) {
        String hint = "; use none, {half_life: 14d} or {linear: 90d}";
        fields.fault("decay", "'decay' cannot be " + Words.quote(word.text()) + hint);
      }
      return new Decay.None();
    }
    Fields decay = fields.under("decay", DECAY_FIELDS);
    return decay == null ? null : decay(fields, decay);
  }

  private static @Nullable Decay decay(Fields owner, Fields decay) {
    if (decay.has("half_life") == decay.has("linear")) {
      owner.fault("decay", "'decay' takes one of half_life and linear, as in {half_life: 14d}");
      return null;
    }
    Integer half = decay.days("half_life", 1, LONGEST_DECAY);
    Integer linear = decay.days("linear", 1, LONGEST_DECAY);
    if (half != null) {
      return new Decay.HalfLife(half);
    }
    return linear == null ? null : new Decay.Linear(linear);
  }

  static Model.@Nullable Range range(Fields fields, String key) {
    Fields range = fields.under(key, RANGE_FIELDS);
    if (range == null) {
      return null;
    }
    Long min = range.milli("min", -MOST, MOST);
    Long max = range.milli("max", -MOST, MOST);
    if (!range.has("min") && !range.has("max")) {
      fields.fault(key, Words.quote(key) + " needs min or max");
    }
    if (min != null && max != null && min > max) {
      String bounds = "min " + Decimals.show(min) + " is above max " + Decimals.show(max);
      fields.fault(key, Words.quote(key) + ": " + bounds);
    }
    return new Model.Range(min, max);
  }

  static List<Model.Group> groups(Fields model) {
    List<Model.Group> groups = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Yaml item : model.items("groups", MOST_GROUPS)) {
      Fields fields =
          Fields.of(
              item, place("group", "name", item, groups.size()), GROUP_FIELDS, model.faults());
      if (fields != null) {
        String name = fields.requiredName("name");
        unique(fields, "name", name, names);
        Model.Range cap = range(fields, "cap");
        groups.add(
            new Model.Group(
                name == null ? "" : name,
                TextsReader.read(fields, "title", TextsReader.TITLE),
                cap == null ? new Model.Range(null, null) : cap));
      }
    }
    return groups;
  }

  /// `activity 'logins'`, or `activity 3` where it has no name that could be shown.
  static String place(String kind, String key, Yaml item, int before) {
    Yaml name = item instanceof Yaml.Mapping mapping ? mapping.get(key) : null;
    return name instanceof Yaml.Scalar word && !word.isNull() && !word.text().isBlank()
        ? kind + " " + Words.quote(word.text())
        : kind + " " + (before + 1);
  }

  /// Notes a name that another of its kind has already.
  static void unique(Fields fields, String key, @Nullable String name, Set<String> names) {
    if (name != null && !names.add(name)) {
      fields.fault(key, "the " + key + " is used twice; choose another");
    }
  }

  /// Notes a word that names nothing.
  static void known(Fields fields, String key, @Nullable String word, List<String> words) {
    if (word != null && !words.contains(word)) {
      fields.fault(key, "unknown " + key + " " + Words.quote(word) + Nearest.hint(word, words));
    }
  }
}
