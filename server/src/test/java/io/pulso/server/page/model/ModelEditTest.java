package io.pulso.server.page.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelReader;
import io.pulso.engine.model.Texts;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Changes of a model's form, as they stand in its text.
class ModelEditTest {
  private static final String TEXT =
      """
      # mine
      name: m
      window: 28d # four weeks
      groups:
        - {name: use, title: Use, cap: {max: 75}}
      activities:
        # the first
        - name: a
          match: event == "A"
          points: 5 # five
          group: use
        - {name: b, match: event == "B", points: 1, cap: {per_day: 3}, group: use}
      """;

  private static String edited(String text, String place, String field, String value) {
    return Objects.requireNonNull(new ModelEdit(place, field, value).apply(text, "en"), field);
  }

  private static Model read(String text) {
    return ModelReader.read("model.yaml", text).model();
  }

  @Test
  void an_activity_gets_a_window_decay_and_unit_of_its_own_and_loses_them_again() {
    String text = edited(TEXT, "a0", "window", "56");
    text = edited(text, "a0", "decay", "linear 90");
    text = edited(text, "a0", "unit", "distinct properties.feature");
    text = edited(text, "a1", "unit", "numeric properties.minutes");
    text = edited(text, "a0", "per_window", "7.5");
    assertThat(text)
        .contains("# the first", "points: 5 # five", "window: 56d", "decay: {linear: 90d}")
        .contains("unit: {distinct: properties.feature}", "cap: {per_window: 7.5}")
        .contains("group: use, unit: properties.minutes}");
    assertThat(read(text).activities().getFirst().window()).isEqualTo(56);
    for (String field : List.of("window", "decay", "unit", "per_window")) {
      text = edited(text, "a0", field, "");
    }
    assertThat(edited(text, "a1", "unit", "")).isEqualTo(TEXT);
    assertThat(edited(TEXT, "a1", "per_window", "")).isEqualTo(TEXT);
    assertThat(edited(TEXT, "a1", "per_day", "")).contains("points: 1, group: use}");
    assertThat(edited(TEXT, "", "decay", "half_life 14")).contains("decay: {half_life: 14d}");
  }

  @Test
  void a_wrong_value_is_written_so_that_the_check_tells_its_line() {
    assertThat(edited(TEXT, "a0", "window", "900")).contains("window: 900d");
    assertThat(edited(TEXT, "a0", "points", "many}")).contains("points: 'many}' # five");
    assertThat(edited(TEXT, "a0", "unit", "numeric")).contains("unit: ''");
  }

  @Test
  void a_group_goes_with_what_names_it() {
    String two = edited(TEXT, "", "add_group", "more");
    assertThat(read(two).groups()).hasSize(2);
    assertThat(read(edited(two, "g1", "min", "-3")).groups().get(1).cap().min()).isEqualTo(-3_000);
    assertThat(edited(two, "g1", "remove", "")).isEqualTo(TEXT);
    String none = edited(TEXT, "g0", "remove", "");
    assertThat(read(none).groups()).isEmpty();
    assertThat(none).doesNotContain("use").contains("# the first");
    assertThat(read(edited(none, "", "add_group", "use")).groups()).hasSize(1);
  }

  @Test
  void built_in_bands_become_a_models_own_with_their_texts_and_can_be_taken_back() {
    String own = edited(TEXT, "", "own_bands", "");
    assertThat(own)
        .contains("bands:\n  - {id: churn_risk, below: 0}\n  - {id: very_disengaged, to: 40}");
    assertThat(read(own).bands()).isEqualTo(read(TEXT).bands());
    assertThat(edited(own, "", "usual_bands", "")).isEqualTo(TEXT);
    assertThat(edited(TEXT + "bands: points # x\n", "", "own_bands", ""))
        .contains("bands:\n  - {id: churn_risk");
    String more = edited(own, "", "add_band", "");
    assertThat(read(more).bands()).extracting(Band::id).containsSequence("band_5", "power_user");
    assertThat(read(more).bands().get(4).bound()).isEqualTo(110_000);
    assertThat(edited(more, "b4", "remove", "")).isEqualTo(own);
    Model lower = read(edited(own, "b4", "remove", ""));
    assertThat(lower.bands().getLast().id()).isEqualTo("highly_engaged");
    assertThat(lower.bands().getLast().bound()).isNull();
    Band below = read(edited(own, "b1", "bound", "below 45")).bands().get(1);
    assertThat(below.bound()).isEqualTo(45_000);
    assertThat(below.including()).isFalse();
    assertThat(read(edited(own, "b0", "engaged", "1")).bands().getFirst().engaged()).isTrue();
  }

  @Test
  void words_change_in_one_language_and_stay_in_the_others() {
    assertThat(edited(TEXT, "g0", "title", "Daily: use")).contains("title: 'Daily: use', cap");
    String italian = new ModelEdit("g0", "title", "Uso").apply(TEXT, "it");
    assertThat(italian).contains("title: {en: Use, it: Uso}");
    assertThat(edited(String.valueOf(italian), "g0", "title", "")).contains("title: {it: Uso}");
    String own = edited(TEXT, "", "own_bands", "");
    Texts before = read(own).bands().getFirst().meaning();
    Texts after =
        read(edited(own, "b0", "meaning", "Says \"no\"\nand: goes")).bands().getFirst().meaning();
    assertThat(after.in("en")).isEqualTo("Says \"no\"\nand: goes");
    assertThat(after.in("zh")).isEqualTo(before.in("zh"));
    assertThat(new ModelEdit("b9", "title", "x").apply(own, "en")).isNull();
    assertThat(new ModelEdit("a0", "name", "x").apply(own, "en")).isNull();
  }
}
