package io.pulso.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelWarningsTest {
  private static List<String> warnings(String yaml) {
    return ModelReader.read("m.yaml", yaml).warnings();
  }

  private static String weighted(String activity) {
    return "name: m\nmethod: weighted\nactivities:\n"
        + "  - {name: a, match: 'event == \"A\"', weight: 100, "
        + activity
        + "}\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"full.yaml", "weighted.yaml", "fit.yaml", "account.yaml"})
  void good_models_have_no_warnings(String file) {
    assertThat(ModelReader.read(file, Files.text(file)).warnings())
        .allMatch(warning -> file.equals("full.yaml") && warning.contains("'applies_to'"));
  }

  @Test
  void a_window_should_be_whole_weeks() {
    assertThat(
            warnings(
                """
                name: m
                window: 30d
                activities:
                  - {name: a, match: 'event == "A"', points: 1, window: 56d}
                  - {name: b, match: 'event == "B"', points: 1, window: 10d}
                """))
        .containsExactly(
            "m.yaml:2: a window of 30 days is no multiple of 7:"
                + " weekday habits will make the score swing",
            "m.yaml:5: activity 'b': a window of 10 days is no multiple of 7:"
                + " weekday habits will make the score swing");
  }

  @Test
  void a_target_above_the_cap_of_all_days_cannot_be_reached() {
    assertThat(warnings(weighted("target: 28.001, cap: {per_day: 1}")))
        .containsExactly(
            "m.yaml:4: activity 'a': target 28.001 cannot be reached:"
                + " the cap and decay allow at most 28 units in 28 days");
    assertThat(warnings(weighted("target: 28, cap: {per_day: 1}"))).isEmpty();
  }

  @Test
  void decay_lowers_what_can_be_reached() {
    assertThat(warnings(weighted("target: 2.001, cap: {per_day: 1}, decay: {half_life: 1d}")))
        .containsExactly(
            "m.yaml:4: activity 'a': target 2.001 cannot be reached:"
                + " the cap and decay allow at most 2 units in 28 days");
    assertThat(warnings(weighted("target: 2.001, cap: {per_day: 1.001}, decay: {half_life: 1d}")))
        .isEmpty();
    assertThat(warnings(weighted("target: 4.5, cap: {per_day: 1}, decay: {linear: 8d}"))).isEmpty();
    assertThat(warnings(weighted("target: 4.501, cap: {per_day: 1}, decay: {linear: 8d}")))
        .hasSize(1);
  }

  @Test
  void without_a_cap_a_day_every_target_can_be_reached() {
    assertThat(warnings(weighted("target: 1000000, decay: {half_life: 1d}"))).isEmpty();
  }

  @Test
  void a_name_is_no_number() {
    assertThat(
            warnings(
                "name: m\nactivities: [{name: a, match: 'type == \"page\"', points: 1,"
                    + " unit: name}]\n"))
        .containsExactly(
            "m.yaml:2: activity 'a': 'unit': name is a text and counts nothing;"
                + " did you mean {distinct: name}?");
  }

  @Test
  void a_group_without_activities_is_a_leftover() {
    assertThat(
            warnings(
                """
                name: m
                groups: [{name: g}]
                activities: [{name: a, match: 'event == "A"', points: 1}]
                """))
        .containsExactly("m.yaml:2: group 'g' has no activities");
  }

  @Test
  void an_account_has_no_traits() {
    assertThat(
            warnings(
                """
                name: m
                subject: account
                method: fit
                applies_to: account.plan == "pro"
                activities:
                  - {name: a, match: 'account.size > 3 || size(traits.list) > 2', points: 1}
                """))
        .containsExactly(
            "m.yaml:6: activity 'a': 'match': an account has no 'traits';"
                + " use 'account' for what is known about it");
  }

  @Test
  void the_expression_language_warns_at_the_line_of_the_text() {
    assertThat(
            warnings(
                """
                name: m
                activities:
                  - name: a
                    points: 1
                    match: event == "A" && !(properties.plan == "pro")
                """))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("m.yaml:5: activity 'a': 'match': ");
  }

  @Test
  void names_are_found_where_they_are_compared() {
    Model model =
        ModelReader.read(
                "m.yaml",
                """
                name: m
                activities:
                  - name: a
                    points: 1
                    match: event == "Loged In" || (event in ["A", "B"] && !("C" == event))
                  - {name: b, points: 1, match: 'name == "Pricing" && event.startsWith("X")'}
                  - {name: c, points: 1, match: 'event == "A" && properties.event == "no"'}
                """)
            .model();
    assertThat(ModelNames.eventNames(model))
        .extracting(named ->
            named.activity() + " " + named.root() + " " + named.name() + " " + named.line())
        .containsExactly(
            "a EVENT Loged In 3",
            "a EVENT A 3",
            "a EVENT B 3",
            "a EVENT C 3",
            "b NAME Pricing 6",
            "c EVENT A 7");
    assertThat(
            ModelNames.unknown("m.yaml", model, Set.of("Logged In", "A", "B", "C"), Set.of("Home")))
        .containsExactly(
            "m.yaml:3: activity 'a': no event is called 'Loged In'; did you mean 'Logged In'?",
            "m.yaml:6: activity 'b': no page or screen is called 'Pricing'");
  }
}
