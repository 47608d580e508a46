package io.pulso.server.page.model;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Decay;
import io.pulso.engine.model.Model;
import io.pulso.engine.yaml.Decimals;
import io.pulso.engine.yaml.Notes;
import io.pulso.engine.yaml.Yaml;
import io.pulso.engine.yaml.YamlText;
import io.pulso.server.api.Answer;
import io.pulso.server.page.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A model as the fields of a form, in the reader's language. What an activity takes from the model
/// is empty there, as it is not written.
final class ModelForm {
  private final Visit visit;
  private final Model model;
  private final @Nullable Yaml root;

  /// @param text of the model
  ModelForm(Visit visit, Model model, String text) {
    this.visit = visit;
    this.model = model;
    this.root = YamlText.read(text, new Notes(""));
  }

  Json json() {
    return new Answer()
        .put("name", model.name())
        .put("weighted", model.method() == Model.Method.WEIGHTED)
        .put("fit", model.method() == Model.Method.FIT)
        .put("account", model.subject() == Model.Subject.ACCOUNT)
        .put("window", model.window())
        .put("decay", decay(model.decay()))
        .put("own_bands", model.bandsName() == null)
        .objects("groups", model.groups(), this::group)
        .objects("activities", numbers(model.activities()), this::activity)
        .objects("bands", numbers(model.bands()), this::band)
        .json();
  }

  private static List<Integer> numbers(List<?> of) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < of.size(); i++) {
      numbers.add(i);
    }
    return numbers;
  }

  private static String decay(Decay decay) {
    return switch (decay) {
      case Decay.None none -> "none";
      case Decay.HalfLife(int days) -> "half_life " + days;
      case Decay.Linear(int days) -> "linear " + days;
    };
  }

  private Answer group(Model.Group group) {
    return new Answer()
        .put("name", group.name())
        .put("title", visit.text(group.title(), ""))
        .put("min", milli(group.cap().min()))
        .put("max", milli(group.cap().max()));
  }

  private Answer activity(int i) {
    Activity activity = model.activities().get(i);
    boolean weighted = model.method() == Model.Method.WEIGHTED;
    Activity.Caps caps = activity.caps();
    return new Answer()
        .put("name", activity.name())
        .put("shown", visit.text(activity.title(), activity.name()))
        .put("title", visit.text(activity.title(), ""))
        .put("match", activity.match().text())
        .put("line", activity.line())
        .put("points", Decimals.show(weighted ? activity.weight() : activity.points()))
        .put("target", weighted ? Decimals.show(activity.target()) : "")
        .put("goal", milli(activity.goal()))
        .put("per_day", milli(caps.perDay()))
        .put("per_window", milli(caps.perWindow()))
        .put("per_person", milli(caps.perPerson()))
        .put("per", word(activity.per()))
        .put("group", activity.group() == null ? "" : activity.group())
        .put("unit", unit(written("activities", i, "unit")))
        .put(
            "window",
            written("activities", i, "window") == null ? "" : String.valueOf(activity.window()))
        .put("decay", written("activities", i, "decay") == null ? "" : decay(activity.decay()));
  }

  private static String unit(@Nullable Yaml written) {
    return switch (written) {
      case Yaml.Scalar word -> word.text().equals("occurrences") ? "" : "numeric " + word.text();
      case Yaml.Mapping mapping when mapping.get("distinct") instanceof Yaml.Scalar path ->
          "distinct " + path.text();
      case null, default -> "";
    };
  }

  private Answer band(int i) {
    Band band = model.bands().get(i);
    Long bound = band.bound();
    return new Answer()
        .put("id", band.id())
        .put("shown", ModelPages.title(visit, band))
        .put("tone", ModelPages.colour(band, model.bands()))
        .put(
            "bound",
            bound == null ? "" : (band.including() ? "to " : "below ") + Decimals.show(bound))
        .put("open", bound == null)
        .put("title", visit.text(band.title(), ""))
        .put("meaning", visit.text(band.meaning(), ""))
        .put("advice", visit.text(band.advice(), ""))
        .put("color", band.color() == null ? "" : band.color())
        .put("engaged", band.engaged() ? "1" : "");
  }

  /// What is written at a place; null where nothing is.
  private @Nullable Yaml written(String list, int item, String key) {
    return root instanceof Yaml.Mapping mapping
            && mapping.get(list) instanceof Yaml.Items items
            && items.items().get(item) instanceof Yaml.Mapping fields
        ? fields.get(key)
        : null;
  }

  private static String milli(@Nullable Long milli) {
    return milli == null ? "" : Decimals.show(milli);
  }

  private static String word(Enum<?> of) {
    return of.name().toLowerCase(Locale.ROOT);
  }
}
