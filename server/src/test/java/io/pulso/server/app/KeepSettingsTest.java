package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeepSettingsTest {
  @Test
  void what_is_kept_has_these_defaults() {
    assertThat(Settings.read("pulso.yaml", "").keep())
        .isEqualTo(new KeepSettings(LocalTime.of(3, 0), Map.of(), 30, 1024));
  }

  @Test
  void what_is_kept_can_be_said() {
    assertThat(
            Settings.read(
                    "pulso.yaml",
                    """
                    keep:
                      nightly_at: "23:30"
                      retention: {web: 400d, "My shop": 30d}
                      rejected_days: 7
                      rejected_megabytes: 10
                    """)
                .keep())
        .isEqualTo(
            new KeepSettings(LocalTime.of(23, 30), Map.of("web", 400, "My shop", 30), 7, 10));
  }

  @Test
  void what_is_wrong_is_refused_with_its_line() {
    assertThatThrownBy(() ->
            Settings.read(
                "pulso.yaml",
                "keep:\n  nightly_at: noon\n  retention: {web: long}\n  rejected: 5\n"))
        .hasMessageContaining("pulso.yaml:2")
        .hasMessageContaining("'noon' is no time of day")
        .hasMessageContaining("pulso.yaml:3")
        .hasMessageContaining("pulso.yaml:4");
  }

  @Test
  void the_night_comes_once_a_day_also_when_clocks_are_set() {
    LocalTime at = LocalTime.of(2, 30);
    ZonedDateTime before = ZonedDateTime.parse("2026-03-28T12:00:00+01:00[Europe/Berlin]");
    ZonedDateTime skipped = Nightly.next(before, at);
    assertThat(skipped).isEqualTo("2026-03-29T03:30:00+02:00[Europe/Berlin]");
    assertThat(Nightly.next(skipped, at)).isEqualTo("2026-03-30T02:30:00+02:00[Europe/Berlin]");
    ZonedDateTime twice =
        Nightly.next(ZonedDateTime.parse("2026-10-24T12:00:00+02:00[Europe/Berlin]"), at);
    assertThat(Nightly.next(twice, at).toLocalDate()).isEqualTo("2026-10-26");
  }
}
