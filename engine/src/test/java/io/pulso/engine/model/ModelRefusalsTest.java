package io.pulso.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelRefusalsTest {
  static List<Refusals.Case> cases() {
    return Refusals.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_wrong_model_is_refused_with_all_its_faults(Refusals.Case wrong) {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ModelReader.read("m.yaml", wrong.yaml()))
        .satisfies(e ->
            assertThat(e.faults())
                .containsExactlyElementsOf(
                    wrong.faults().stream().map(fault -> "m.yaml:" + fault).toList()));
  }

  @Test
  void there_are_many_cases() {
    assertThat(cases()).hasSizeGreaterThan(60);
  }

  @Test
  void more_than_a_hundred_faults_are_counted_only() {
    String yaml = "name: m\n" + "activities:\n" + "  - {}\n".repeat(80);
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ModelReader.read("m.yaml", yaml))
        .satisfies(
            e -> assertThat(e.faults()).hasSize(101).last().isEqualTo("m.yaml: and 140 more"));
  }

  @Test
  void the_message_of_the_exception_is_all_faults() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ModelReader.read("m.yaml", "title: M"))
        .withMessage(
            "m.yaml:1: a model needs at least one activity under 'activities'\n"
                + "m.yaml:1: 'name' is missing");
  }

  @Test
  void an_empty_file_is_said_to_be_empty() {
    for (String empty : List.of("", "# nothing\n", "\uFEFF")) {
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> ModelReader.read("m.yaml", empty))
          .withMessage(
              "m.yaml:1: the file is empty; a model needs at least 'name' and 'activities'");
    }
  }

  @Test
  void the_copies_of_events_in_tests_are_limited() {
    String event = "      - {event: A, time: 2026-03-31T10:00:00Z, times: 10000}\n";
    String yaml =
        "name: m\nactivities: [{name: a, match: 'event == \"A\"', points: 1}]\n"
            + "tests:\n  - name: t\n    as_of: 2026-03-31\n    score: 1\n    events:\n"
            + event.repeat(11);
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ModelReader.read("m.yaml", yaml))
        .withMessage("m.yaml:18: test 't': event 11: the examples have more than 100000 events");
  }

  @Test
  void the_number_of_activities_is_limited() {
    String yaml =
        "name: m\nactivities:\n"
            + "  - {name: a, match: 'event == \"A\"', points: 1}\n".repeat(501);
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ModelReader.read("m.yaml", yaml))
        .withMessage("m.yaml:3: 'activities' has 501 items; 500 are allowed");
  }
}
