package io.pulso.server.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.Event;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The models of a new workspace spread the sample company over their bands.
final class SpreadTest {
  private static final LocalDate END = LocalDate.of(2026, 3, 31);
  private static final List<Event> RECORDS = new ArrayList<>();

  @BeforeAll
  static void generate() {
    new SampleCompany(4, 800, END, 180).write(RECORDS::add);
  }

  private static Model model(String name) throws IOException {
    return WorkspaceTemplateTest.model("models/" + name + ".yaml").model();
  }

  private static double share(List<QuickScores.Score> scores, String band) {
    return scores.stream().filter(s -> s.band().equals(band)).count() / (double) scores.size();
  }

  private static double quantile(List<QuickScores.Score> scores, double at) {
    double[] sorted = scores.stream().mapToDouble(QuickScores.Score::points).sorted().toArray();
    return sorted[(int) (at * (sorted.length - 1))];
  }

  @Test
  void engagement_of_customers_is_spread_as_in_a_real_company() throws IOException {
    List<QuickScores.Score> all = QuickScores.of(model("product-engagement"), END, RECORDS);
    assertThat(all).hasSize(800);
    assertThat(share(all, "churn_risk")).isBetween(0.01, 0.08);
    assertThat(quantile(all, 0.9)).isGreaterThan(70);
    assertThat(share(all, "power_user")).isBetween(0.02, 0.15);
    List<QuickScores.Score> active = all.stream().filter(QuickScores.Score::isActive).toList();
    assertThat(active.size()).isBetween(400, 760);
    assertThat(quantile(active, 0.5)).isBetween(40.001, 70.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"product-engagement", "account-engagement", "renewal-health", "icp-fit"})
  void every_band_holds_somebody_and_none_holds_nearly_all(String name) throws IOException {
    Model model = model(name);
    List<QuickScores.Score> scores = QuickScores.of(model, END, RECORDS);
    for (Band band : model.bands()) {
      assertThat(share(scores, band.id())).as(band.id()).isBetween(0.02, 0.65);
    }
  }
}
