package io.pulso.server.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.Event;
import io.pulso.engine.model.Model;
import io.pulso.testkit.Asked;
import io.pulso.testkit.ReferenceScorer;
import io.pulso.testkit.Scored;
import io.pulso.testkit.World;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The models of a new workspace spread the sample company over all bands.
final class SpreadTest {
  private static final LocalDate END = LocalDate.of(2026, 3, 31);
  private static final List<Event> RECORDS = new ArrayList<>();

  @BeforeAll
  static void generate() {
    new SampleCompany(3, 800, END, 180).write(RECORDS::add);
  }

  private static List<Scored> scores(String name) throws IOException {
    Model model = WorkspaceTemplateTest.model("models/" + name + ".yaml").model();
    World world = new World(ZoneOffset.UTC, RECORDS);
    return List.copyOf(ReferenceScorer.score(world, Asked.of(model, END.toString())).values());
  }

  private static double share(List<Scored> scores, String band) {
    return scores.stream().filter(s -> s.band().equals(band)).count() / (double) scores.size();
  }

  private static double quantile(List<Scored> scores, double at) {
    double[] sorted =
        scores.stream()
            .mapToDouble(s -> Objects.requireNonNull(s.score()) / 1000.0)
            .sorted()
            .toArray();
    return sorted[(int) (at * (sorted.length - 1))];
  }

  private static void print(String name, List<Scored> s) {
    System.err.printf("%s n %d: ", name, s.size());
    for (double q : new double[] {0.01, .05, .1, .25, .5, .75, .9, .95, .99})
      System.err.printf("%.1f ", quantile(s, q));
    s.stream()
        .collect(
            java.util.stream.Collectors.groupingBy(
                Scored::band, java.util.stream.Collectors.counting()))
        .forEach((b, n) -> System.err.printf("%s %.3f ", b, n / (double) s.size()));
    List<Scored> a = s.stream().filter(x -> !x.inactive()).toList();
    System.err.printf(
        " active %d median %.1f p90 %.1f%n", a.size(), quantile(a, .5), quantile(a, .9));
  }

  @Test
  void show() throws IOException {
    for (String m :
        List.of("product-engagement", "account-engagement", "renewal-health", "icp-fit"))
      print(m, scores(m));
    assertThat(share(scores("icp-fit"), "good")).isPositive();
  }
}
