package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.server.event.InputException;
import io.pulso.server.ingest.SourceRules;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceSettingsTest {
  private static Map<String, SourceSettings> read(String text) {
    return Settings.read("pulso.yaml", text).sources();
  }

  private static SourceRules rules(String source, String text) {
    return Objects.requireNonNull(read(text).get(source)).rules();
  }

  @Test
  void the_defaults_are_these() {
    assertThat(read("sources: {web: {}}\n")).containsOnlyKeys("web");
    SourceRules rules = rules("web", "sources: {web: {}}\n");
    assertThat(rules).isEqualTo(SourceRules.DEFAULT);
    assertThat(rules.consent()).isNull();
    assertThat(rules.ip()).isEqualTo(SourceRules.Ip.TRUNCATE);
    assertThat(rules.signed()).isFalse();
    assertThat(rules.most()).isEqualTo(new SourceRules.Most(5_000, 500, 100));
    assertThat(rules.redacted()).contains("password", "token", "card", "iban").hasSize(28);
    assertThat(rules.refused()).contains("Order Completed", "Survey Answered").hasSize(18);
    assertThat(read("")).isEmpty();
  }

  @Test
  void everything_can_be_set() {
    SourceRules rules =
        rules(
            "My shop",
            """
            sources:
              "My shop":
                consent: Analytics
                ip: drop
                url_parameters: [q, page]
                redact: [shoe_size]
                refuse: []
                require_signed_identity: true
                channel: kiosk
                event_names: 7
                property_keys: 8
                new_visitors_per_minute: 9
            """);
    assertThat(rules)
        .isEqualTo(
            new SourceRules(
                "Analytics",
                SourceRules.Ip.DROP,
                Set.of("q", "page"),
                Set.of("shoe_size"),
                Set.of(),
                true,
                "kiosk",
                new SourceRules.Most(7, 8, 9)));
  }

  @Test
  void what_is_wrong_is_refused_with_its_place_and_the_nearest_word() {
    assertThatThrownBy(() ->
            read(
                """
                sources:
                  web:
                    consnet: Ads
                    ip: trunkate
                    redact: [value, {}]
                    event_names: 0
                  app: 7
                """))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "pulso.yaml:3: source 'web': unknown field 'consnet'; did you mean 'consent'?")
        .hasMessageContaining("pulso.yaml:4")
        .hasMessageContaining("did you mean 'truncate'?")
        .hasMessageContaining("'value' counts in scores and cannot be redacted")
        .hasMessageContaining("'redact' must be a list of texts")
        .hasMessageContaining("'event_names' must be between 1 and 100000, not 0")
        .hasMessageContaining("pulso.yaml:7: source 'app': must have fields");
    assertThatThrownBy(() -> read("sources: [web]\n"))
        .hasMessageContaining("names of sources with their settings");
  }
}
