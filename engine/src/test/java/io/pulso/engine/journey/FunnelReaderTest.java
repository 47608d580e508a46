package io.pulso.engine.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import org.junit.jupiter.api.Test;

class FunnelReaderTest {
  private static final String STEPS =
      "steps: ['event == \"A\"', {title: b, match: 'event == \"B\"'}]";

  @Test
  void what_is_not_said_is_usual() {
    Funnel funnel = FunnelReader.one("f", STEPS);
    assertThat(funnel.id()).isEqualTo("own");
    assertThat(FunnelReader.window(funnel.window())).isEqualTo("14d");
    assertThat(funnel.order()).isEqualTo(Funnel.Order.ORDERED);
    assertThat(funnel.per()).isEqualTo(Model.Subject.CUSTOMER);
    assertThat(funnel.who()).isEqualTo(Select.Who.IDENTIFIED);
    assertThat(funnel.steps().get(1).title().in("en")).isEqualTo("b");
  }

  @Test
  void windows_are_minutes_hours_or_days() {
    assertThat(FunnelReader.window("30m")).isEqualTo(1_800_000_000L);
    assertThat(FunnelReader.window(FunnelReader.window("36h"))).isEqualTo("36h");
    assertThat(FunnelReader.window(FunnelReader.window("1440m"))).isEqualTo("1d");
    for (String wrong : new String[] {"0d", "7", "7w", "731d", "-1d", ""}) {
      assertThat(FunnelReader.window(wrong)).as(wrong).isNegative();
    }
  }

  @Test
  void wrong_funnels_are_refused_with_their_line() {
    wrong("steps: ['event == \"A\"']", "f:1: funnel: 'steps' needs at least 2 of them");
    wrong(STEPS + "\nwindow: 7w", "f:2: funnel: 'window' cannot be '7w'");
    wrong(STEPS + "\norder: loose", "f:2: funnel: 'order' cannot be 'loose'");
    wrong(STEPS + "\nper: account\nwho: anonymous", "'who' chooses customers");
    wrong(STEPS + "\nid: A B", "'A B' cannot be an id");
    wrong("steps: ['event = 1', 'event == \"B\"']", "'match'");
    wrong("window: 7d", "'steps'");
    assertThatThrownBy(() ->
            FunnelReader.read("f", "funnels:\n- {id: a, " + STEPS + "}\n- {id: a, " + STEPS + "}"))
        .hasMessageContaining("f:3: funnel 'a' is there twice");
  }

  private static void wrong(String text, String fault) {
    assertThatThrownBy(() -> FunnelReader.one("f", text)).as(text).hasMessageContaining(fault);
  }

  @Test
  void the_built_in_ones_are_told_in_four_languages() {
    assertThat(FunnelReader.builtIn())
        .isNotEmpty()
        .allSatisfy(funnel -> {
          assertThat(funnel.title().byLanguage()).containsOnlyKeys("en", "es", "it", "zh");
          assertThat(funnel.steps())
              .allSatisfy(step ->
                  assertThat(step.title().byLanguage()).containsOnlyKeys("en", "es", "it", "zh"));
        });
  }
}
