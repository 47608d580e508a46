package io.pulso.engine.model;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.yaml.Decimals;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The fields of a model's parts as texts, named and written as in a model file.
final class ModelFields {
  private final Map<String, String> fields = new LinkedHashMap<>();

  private ModelFields() {}

  static Map<String, String> of(Model model) {
    ModelFields all = new ModelFields();
    all.text("name", model.name());
    all.texts("title", model.title());
    all.text("subject", word(model.subject()));
    Expression applies = model.appliesTo();
    all.text("applies_to", applies == null ? null : applies.text());
    all.text("priority", Integer.toString(model.priority()));
    all.text("method", word(model.method()));
    all.text("window", model.window() + "d");
    all.text("decay", decay(model.decay()));
    all.number("base", model.base());
    all.range("clamp", model.clamp());
    return all.fields;
  }

  static Map<String, String> of(Model.Group group) {
    ModelFields all = new ModelFields();
    all.texts("title", group.title());
    all.range("cap", group.cap());
    return all.fields;
  }

  static Map<String, String> of(Activity activity, Model.Method method) {
    ModelFields all = new ModelFields();
    all.texts("title", activity.title());
    all.text("match", activity.match().text());
    all.text("unit", UnitReader.write(activity.unit()));
    boolean weighted = method == Model.Method.WEIGHTED;
    all.number("points", weighted ? null : activity.points());
    all.number("weight", weighted ? activity.weight() : null);
    all.number("target", weighted ? activity.target() : null);
    all.number("cap.per_day", activity.caps().perDay());
    all.number("cap.per_window", activity.caps().perWindow());
    all.number("cap.per_person", activity.caps().perPerson());
    all.text("per", word(activity.per()));
    all.text(
        "expect", activity.expect() == Activity.Expect.UNSTATED ? null : word(activity.expect()));
    all.number("goal", activity.goal());
    all.text("group", activity.group());
    all.text("window", activity.window() + "d");
    all.text("decay", decay(activity.decay()));
    return all.fields;
  }

  static Map<String, String> of(Band band) {
    ModelFields all = new ModelFields();
    all.number(band.including() ? "to" : "below", band.bound());
    all.texts("title", band.title());
    all.texts("meaning", band.meaning());
    all.texts("advice", band.advice());
    all.text("color", band.color());
    all.text("engaged", Boolean.toString(band.engaged()));
    return all.fields;
  }

  private void text(String field, @Nullable String value) {
    if (value != null) {
      fields.put(field, value);
    }
  }

  private void number(String field, @Nullable Long thousandths) {
    text(field, thousandths == null ? null : Decimals.show(thousandths));
  }

  private void texts(String field, Texts texts) {
    new TreeMap<>(texts.byLanguage())
        .forEach((language, text) -> text(field + "." + language, text));
  }

  private void range(String field, Model.@Nullable Range range) {
    number(field + ".min", range == null ? null : range.min());
    number(field + ".max", range == null ? null : range.max());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String decay(Decay decay) {
    return switch (decay) {
      case Decay.None none -> "none";
      case Decay.HalfLife half -> "half_life " + half.days() + "d";
      case Decay.Linear linear -> "linear " + linear.days() + "d";
    };
  }
}
