package io.pulso.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/// Numbers and times as readers of each language write them.
class FiguresTest {
  private static final Instant NOW = Instant.parse("2026-03-31T22:30:00Z");

  private static Figures in(Language language) {
    Words words = Words.read();
    return new Figures(
        language.locale(),
        ZoneId.of("Europe/Rome"),
        Clock.fixed(NOW, ZoneOffset.UTC),
        (key, n) -> Words.fill(words.form(language, key, n == 1), java.util.List.of("n", "" + n)));
  }

  private static long micros(String instant) {
    return Instant.parse(instant).getEpochSecond() * 1_000_000;
  }

  @Test
  void points_have_as_many_decimals_as_they_need() {
    assertThat(in(Language.EN).points(33_500)).isEqualTo("33.5");
    assertThat(in(Language.EN).points(1_234_567_001)).isEqualTo("1,234,567.001");
    assertThat(in(Language.IT).points(1_234_500)).isEqualTo("1.234,5");
    assertThat(in(Language.ZH).points(40_000)).isEqualTo("40");
  }

  @Test
  void changes_have_a_sign_and_a_true_minus() {
    assertThat(in(Language.EN).change(-4_000)).isEqualTo("\u22124");
    assertThat(in(Language.EN).change(4_000)).isEqualTo("+4");
    assertThat(in(Language.EN).change(0)).isEqualTo("0");
    assertThat(in(Language.ES).change(-1_500)).isEqualTo("\u22121,5");
  }

  @Test
  void shares_are_percent() {
    assertThat(in(Language.EN).percent(0.317)).isEqualTo("31.7%");
    assertThat(in(Language.ZH).percent(1)).isEqualTo("100%");
  }

  @Test
  void instants_stand_in_the_zone_of_the_workspace() {
    // Half past ten in the evening in UTC is after midnight in Rome.
    assertThat(in(Language.EN).instant(micros("2026-03-31T22:30:00Z"))).contains("Apr 1, 2026");
    assertThat(in(Language.ZH).day(Math.toIntExact(LocalDate.parse("2026-03-31").toEpochDay())))
        .isEqualTo("2026年3月31日");
  }

  @Test
  void what_was_long_ago_is_told_in_words() {
    assertThat(in(Language.EN).ago(micros("2026-03-31T22:29:30Z"))).isEqualTo("just now");
    assertThat(in(Language.EN).ago(micros("2026-03-31T22:28:40Z"))).isEqualTo("1 minute ago");
    assertThat(in(Language.IT).ago(micros("2026-03-31T20:00:00Z"))).isEqualTo("2 ore fa");
    assertThat(in(Language.ES).ago(micros("2026-03-30T20:00:00Z"))).isEqualTo("hace 1 día");
    assertThat(in(Language.ZH).ago(micros("2026-03-01T20:00:00Z"))).isEqualTo("30 天前");
  }
}
