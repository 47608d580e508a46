package io.pulso.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelDiffTest {
  private static final String FULL = Files.text("full.yaml");

  private static List<String> diff(String before, String after) {
    Model a = ModelReader.read("a.yaml", before).model();
    Model b = ModelReader.read("b.yaml", after).model();
    return ModelDiff.of(a, b).stream().map(ModelDiffTest::line).toList();
  }

  private static String line(Change change) {
    return "%s %s %s %s: %s -> %s%s"
        .formatted(
            change.kind(),
            change.part(),
            change.name(),
            change.field(),
            change.from(),
            change.to(),
            change.rereads() ? " (rereads)" : "");
  }

  private static String changed(String from, String to) {
    assertThat(FULL).contains(from);
    return FULL.replace(from, to);
  }

  @Test
  void a_model_does_not_differ_from_itself() {
    assertThat(diff(FULL, FULL + "\n# a note\n")).isEmpty();
  }

  @Test
  void a_change_of_points_only_scores_anew() {
    assertThat(diff(FULL, changed("points: 10\n", "points: 12.5\n")))
        .containsExactly("CHANGED ACTIVITY invited_teammate points: 10 -> 12.5");
  }

  @Test
  void a_change_of_match_reads_events_again() {
    assertThat(diff(FULL, changed("\"Feature Used\"", "\"Feature Tried\"")))
        .containsExactly(
            "CHANGED ACTIVITY features_used match: event == \"Feature Used\""
                + " -> event == \"Feature Tried\" (rereads)");
  }

  @Test
  void a_match_that_is_only_spaced_otherwise_reads_nothing() {
    assertThat(diff(FULL, changed("event == \"Feature Used\"", "event  == \"Feature Used\"")))
        .containsExactly(
            "CHANGED ACTIVITY features_used match: event == \"Feature Used\""
                + " -> event  == \"Feature Used\"");
  }

  @Test
  void a_change_of_unit_reads_events_again() {
    assertThat(diff(FULL, changed("unit: value", "unit: context.value")))
        .containsExactly("CHANGED ACTIVITY spent unit: value -> context.value (rereads)");
  }

  @Test
  void a_renamed_activity_reads_nothing() {
    assertThat(diff(FULL, changed("name: spent", "name: revenue")))
        .containsExactly(
            "REMOVED ACTIVITY spent null: null -> null",
            "ADDED ACTIVITY revenue null: null -> null");
  }

  @Test
  void a_new_activity_reads_its_events() {
    String added = "activities:\n  - {name: new, match: 'event == \"N\"', points: 1}";
    assertThat(diff(FULL, changed("activities:", added)))
        .containsExactly("ADDED ACTIVITY new null: null -> null (rereads)");
  }

  @Test
  void the_head_groups_bands_and_caps_are_compared() {
    String after =
        FULL.replace("window: 28d", "window: 35d")
            .replace("base: 1.5\n", "")
            .replace("clamp: {min: -100, max: 200}", "clamp: {min: -100}")
            .replace("applies_to: '!(traits.plan == \"internal\")'\n", "")
            .replace("cap: {min: -5, max: 60}", "cap: {max: 50}")
            .replace("cap: {per_day: 60}", "cap: {per_day: 90}")
            .replace("to: 70.5", "below: 75")
            .replace("{id: fan, ", "{id: hero, ")
            .replace("en: Product engagement", "en: Engagement");
    assertThat(diff(FULL, after))
        .containsExactly(
            "CHANGED MODEL null title.en: Product engagement -> Engagement",
            "CHANGED MODEL null applies_to: !(traits.plan == \"internal\") -> null",
            "CHANGED MODEL null window: 28d -> 35d",
            "CHANGED MODEL null base: 1.5 -> 0",
            "CHANGED MODEL null clamp.max: 200 -> null",
            "CHANGED GROUP adoption cap.min: -5 -> null",
            "CHANGED GROUP adoption cap.max: 60 -> 50",
            "CHANGED ACTIVITY invited_teammate window: 28d -> 35d",
            "CHANGED ACTIVITY time_in_product cap.per_day: 60 -> 90",
            "CHANGED ACTIVITY time_in_product window: 28d -> 35d",
            "CHANGED ACTIVITY features_used window: 28d -> 35d",
            "CHANGED ACTIVITY spent window: 28d -> 35d",
            "REMOVED BAND fan null: null -> null",
            "CHANGED BAND somewhat_engaged to: 70.5 -> null",
            "CHANGED BAND somewhat_engaged below: null -> 75",
            "ADDED BAND hero null: null -> null");
  }

  @Test
  void another_subject_reads_events_again() {
    assertThat(diff(FULL, changed("subject: customer", "subject: account")))
        .contains("CHANGED MODEL null subject: customer -> account (rereads)");
  }

  @Test
  void from_fit_to_points_reads_events() {
    String fit =
        "name: m\nmethod: fit\nactivities: [{name: a, match: 'traits.a == 1', points: 1}]\n";
    String points = fit.replace("method: fit", "method: points");
    assertThat(diff(fit, points))
        .containsExactly(
            "CHANGED MODEL null method: fit -> points (rereads)",
            "CHANGED ACTIVITY a window: 1d -> 28d");
    assertThat(diff(points, fit)).noneMatch(change -> change.endsWith("(rereads)"));
  }
}
