package io.pulso.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pulso.engine.model.ModelException;
import io.pulso.engine.model.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Files of metrics: the built-in one is complete, and wrong ones are told what to do.
class MetricReaderTest {
  @Test
  void built_in_metrics_have_titles_and_definitions_in_four_languages() {
    assertThat(Catalogue.all())
        .hasSizeGreaterThan(40)
        .allSatisfy(metric -> {
          complete(metric.title());
          complete(metric.definition());
        });
    assertThat(Catalogue.all()).extracting(Metric::id).doesNotHaveDuplicates();
  }

  @Test
  void built_in_metrics_are_told_in_the_docs() throws IOException {
    String told = Files.readString(Path.of("../docs/metrics.md"));
    assertThat(Catalogue.all())
        .allSatisfy(metric ->
            assertThat(told)
                .contains("| `%s` | %s |".formatted(metric.id(), metric.title().in("en"))));
  }

  private static void complete(Texts texts) {
    assertThat(texts.byLanguage()).containsOnlyKeys("en", "es", "it", "zh");
  }

  @Test
  void a_metric_of_ones_own_is_read() {
    Metric metric =
        MetricReader.read(
                "m.yaml",
                """
                metrics:
                  - id: demo.share
                    title: Demos kept
                    kind: percent
                    good: up
                    usual: {min: 20, max: 60.5}
                    is:
                      ratio:
                        over: {customers: 'event == "Demo Held"'}
                        per: {customers: {match: 'event == "Demo Booked"', who: anybody}}
                """)
            .metrics()
            .getFirst();
    assertThat(metric.range()).isEqualTo(new Metric.Range(20, 60.5));
    assertThat(metric.measure())
        .isInstanceOfSatisfying(
            Measure.Ratio.class,
            ratio -> {
              assertThat(((Measure.Customers) ratio.over()).of().who())
                  .isEqualTo(Select.Who.IDENTIFIED);
              assertThat(((Measure.Customers) ratio.per()).of().who())
                  .isEqualTo(Select.Who.ANYBODY);
            });
  }

  @Test
  void faults_name_line_metric_and_remedy() {
    assertThat(faults("metrics:\n  - {id: Big, kind: count, is: {events: 'true'}}"))
        .singleElement()
        .asString()
        .startsWith("m.yaml:2: metric 'Big': 'Big' cannot be an id; use a-z");
    assertThat(faults("metrics:\n  - {id: a, kind: procent, is: {events: 'true'}}"))
        .singleElement()
        .asString()
        .contains("'kind' cannot be 'procent'", "did you mean 'percent'");
    assertThat(faults("metrics:\n  - {id: a, kind: count, is: {event: 'true'}}"))
        .anySatisfy(fault -> assertThat(fault).contains("unknown field 'event'", "'events'"));
    assertThat(faults("metrics:\n  - {id: a, kind: count, is: {events: 'evnt == 1'}}"))
        .singleElement()
        .asString()
        .contains("m.yaml:2: metric 'a'", "evnt");
    assertThat(
            faults(
                "metrics:\n  - {id: a, kind: number, is: {ratio: {over: {mean: {of: value, match: 'true'}}, per: {events: 'true'}}}}"))
        .singleElement()
        .asString()
        .contains("'over' must be counted or summed");
    assertThat(
            faults(
                "metrics:\n  - {id: a, kind: number, is: {mean: {of: traits.x, match: 'true'}}}"))
        .singleElement()
        .asString()
        .contains("'of' cannot be 'traits.x'");
    assertThat(
            faults(
                "metrics:\n  - {id: a, kind: number, is: {median: {of: value, match: 'true', percent: 3}}}"))
        .singleElement()
        .asString()
        .contains("'percent' belongs to percentile alone; remove it");
    assertThat(
            faults("metrics:\n  - {id: a, kind: count, is: {events: 'true', customers: 'true'}}"))
        .singleElement()
        .asString()
        .contains("'is' takes one of events, customers");
    assertThat(
            faults(
                "metrics:\n  - {id: a, kind: count, is: {events: 'true'}}\n  - {id: a, kind: count, is: {events: 'true'}}"))
        .singleElement()
        .asString()
        .isEqualTo("m.yaml:3: metric 'a' is there twice");
    assertThat(faults("")).singleElement().asString().contains("the file is empty");
  }

  private static List<String> faults(String text) {
    ModelException fault =
        catchThrowableOfType(ModelException.class, () -> MetricReader.read("m.yaml", text));
    assertThat(fault).as(text).isNotNull();
    return fault.faults();
  }

  @Test
  void what_is_drawn_for_intervals_follows_from_the_metric_or_is_named() {
    assertThat(draws("", "{ratio: {over: {events: 'true'}, per: {customers: 'true'}}}"))
        .isEqualTo("customers");
    assertThat(draws("resample: properties.post", "{total: {of: value, match: 'true'}}"))
        .isEqualTo("properties.post");
    assertThat(
            draws(
                "",
                "{mean_of: {ratio: {over: {events: 'true'}, per: {events: 'true'}}, by: campaign}}"))
        .isEqualTo("campaign");
    assertThat(draws("", "{events: 'true'}")).isEqualTo("nothing");
    assertThat(draws("", "{ratio: {over: {sessions: active}, per: {sessions: all}}}"))
        .isEqualTo("nothing");
  }

  private static String draws(String resample, String measure) {
    Metric metric =
        MetricReader.read(
                "m.yaml",
                "metrics:\n  - id: m\n    kind: percent\n    %s\n    is: %s\n"
                    .formatted(resample, measure))
            .metrics()
            .getFirst();
    Draws draws = Draws.of(metric);
    if (draws == null) {
      return "nothing";
    }
    return Stream.of("properties.post", "campaign")
        .filter(place -> Objects.equals(By.read(place), draws.of()))
        .findFirst()
        .orElse("customers");
  }

  @Test
  void only_what_adds_up_can_be_resampled_over_a_place() {
    String wrong =
        catchThrowableOfType(
                ModelException.class,
                () ->
                    MetricReader.read(
                        "m.yaml",
                        """
                        metrics:
                          - {id: a, kind: number, resample: band, is: {total: {of: value, match: 'true'}}}
                          - {id: b, kind: number, resample: properties.post, is: {median: {of: value, match: 'true'}}}
                          - {id: c, kind: number, resample: properties.post, is: {ratio: {over: {sessions: pages}, per: {sessions: all}}}}
                        """))
            .getMessage();
    assertThat(wrong)
        .contains(
            "m.yaml:2: metric 'a': 'resample' cannot be 'band'; use a place such as properties.post",
            "m.yaml:3: metric 'b': 'resample' belongs to events, distinct and total",
            "m.yaml:4: metric 'c': 'resample' belongs to events, distinct and total");
  }
}
