package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void each_activity_alone_says_how_much_more_of_it_lifts_the_score() {
    Shop shop = Shop.open(folder);
    assertThat(shop.run(0, "next", "ann", "--as-of", "2026-03-18", "--json").out())
        .isEqualTo(
            """
            {"subject":"ann","model":"shop","version":"draft","as_of":"2026-03-18","score":26.5,"band":"very_disengaged","next_band":"somewhat_engaged","missing":13.501,"steps":[\
            {"activity":"viewed","units":28,"capped":false,"usual_weekly":0.778},\
            {"activity":"invited","units":null,"capped":true,"usual_weekly":3.111}]}
            """);
    assertThat(shop.run(0, "next", "ann", "--as-of", "2026-03-18").out())
        .contains("13.501 points more make it Somewhat engaged")
        .contains("      28  viewed   0.778 in a usual week, so 36.0 weeks' worth")
        .contains("  capped  invited  3.111 in a usual week");
  }

  @Test
  void in_the_highest_band_there_is_no_next_step() {
    Shop shop = Shop.open(folder);
    Cli.write(
        shop.model,
        Shop.MODEL.substring(0, Shop.MODEL.indexOf("tests:"))
            + "bands:\n  - {id: low, below: 0}\n  - {id: high}\n");
    assertThat(shop.run(0, "next", "ann", "--as-of", "2026-03-18").out())
        .contains("This is the highest band");
    assertThat(shop.run(2, "next", "zoe", "--as-of", "2026-03-18").err())
        .contains("there is no customer 'zoe'");
  }
}
