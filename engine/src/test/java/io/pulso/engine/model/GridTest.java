package io.pulso.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Notes;
import io.pulso.engine.yaml.YamlText;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridTest {
  private final Notes faults = new Notes("pulso.yaml");

  private @Nullable Grid read(String yaml) {
    Fields settings =
        Fields.of(Objects.requireNonNull(YamlText.read(yaml, faults)), "", List.of("grid"), faults);
    return GridReader.read(Objects.requireNonNull(settings), "grid");
  }

  @Test
  void a_grid_names_two_models_and_two_cuts() {
    assertThat(read("grid: {fit: icp, engagement: product, cuts: [40, 70.5]}"))
        .isEqualTo(new Grid("icp", "product", 40_000, 70_500));
    assertThat(faults.list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "70001, 70001, A1",
    "70000, 70000, B2",
    "40001, 70001, B1",
    "40000, 40000, C3",
    "70001, 40000, A3",
    "-5, 40001, C2",
  })
  void the_letter_is_for_fit_and_the_digit_for_engagement(long fit, long engagement, String cell) {
    assertThat(new Grid("f", "e", 40_000, 70_000).cell(fit, engagement)).isEqualTo(cell);
  }

  @Test
  void no_grid_is_no_fault() {
    assertThat(read("{}")).isNull();
    assertThat(faults.list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{fit: f, engagement: e} | 'grid': 'cuts' is missing",
        "{fit: f, engagement: f, cuts: [1, 2]} | 'grid': 'fit' and 'engagement' must be two models",
        "{fit: f, engagement: e, cuts: [2, 2]} | 'grid': 'cuts' must be two ascending scores such as [40, 70], not [2, 2]",
        "{fit: f, engagement: e, cuts: [1, 2, 3]} | 'grid': 'cuts' must be two ascending scores such as [40, 70], not [1, 2, 3]",
        "{fit: f, engagement: e, cuts: 40} | 'grid': 'cuts' must be a list of numbers, not '40'",
        "{fit: f, engagement: e, cuts: [1, [2]]} | 'grid': 'cuts' must be a list of numbers, not a list",
        "{fit: f, engagement: e, cuts: [1, x]} | 'grid': 'cuts' must be a number such as 10 or 0.5, not 'x'",
        "{fit: f, engagement: e, cuts: [1, 2], cut: 3} | 'grid': unknown field 'cut'; did you mean 'cuts'?",
        "hello | 'grid': must have fields (key: value), not be 'hello'",
      })
  void a_wrong_grid_is_refused(String grid, String fault) {
    read("grid: " + grid);
    assertThat(faults.list()).containsExactly("pulso.yaml:1: " + fault);
  }
}
