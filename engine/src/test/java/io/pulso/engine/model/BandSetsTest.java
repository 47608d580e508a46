package io.pulso.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.score.Bands;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandSetsTest {
  private static final String FIVE =
      "name: m\nactivities: [{name: a, match: 'event == \"A\"', points: 1}]\nbands: ";

  @ParameterizedTest
  @CsvSource({
    "points, -1000000000000, churn_risk",
    "points, -1, churn_risk",
    "points, 0, very_disengaged",
    "points, 40000, very_disengaged",
    "points, 40001, somewhat_engaged",
    "points, 70000, somewhat_engaged",
    "points, 70001, highly_engaged",
    "points, 100000, highly_engaged",
    "points, 100001, power_user",
    "points, 1000000000000, power_user",
    "weighted, 0, very_disengaged",
    "weighted, 40000, very_disengaged",
    "weighted, 40001, somewhat_engaged",
    "weighted, 75000, somewhat_engaged",
    "weighted, 75001, highly_engaged",
    "weighted, 100000, highly_engaged",
  })
  void a_score_falls_in_its_band(String set, long score, String band) {
    Model model = ModelReader.read("m.yaml", FIVE + set).model();
    assertThat(Bands.of(model).band(score).id()).isEqualTo(band);
  }

  @Test
  void every_built_in_band_has_all_texts_in_four_languages() {
    Stream.concat(BandSets.points().stream(), BandSets.weighted().stream())
        .flatMap(band -> Stream.of(band.title(), band.meaning(), band.advice()))
        .forEach(texts -> assertThat(texts.byLanguage()).containsOnlyKeys("en", "es", "it", "zh"));
  }

  @Test
  void highly_engaged_and_power_users_are_engaged() {
    assertThat(engaged(BandSets.points())).containsExactly("highly_engaged", "power_user");
    assertThat(engaged(BandSets.weighted())).containsExactly("highly_engaged");
  }

  private static List<String> engaged(List<Band> bands) {
    return bands.stream().filter(Band::engaged).map(Band::id).toList();
  }

  @Test
  void the_same_band_says_the_same_in_both_sets() {
    assertThat(BandSets.weighted().getFirst())
        .usingRecursiveComparison()
        .isEqualTo(BandSets.points().get(1));
  }
}
