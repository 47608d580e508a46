package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.server.event.InputException;
import io.pulso.server.store.Networks;
import io.pulso.server.store.QualityRules;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityFileTest {
  @TempDir private Path folder;

  private static QualityRules read(String text) {
    return QualityFile.read("quality.yaml", text);
  }

  @Test
  void without_a_word_bots_and_mail_scanners_are_left_out() {
    assertThat(QualityRules.USUAL.bots()).isTrue();
    assertThat(QualityRules.USUAL.mail().on()).isTrue();
    assertThat(QualityRules.USUAL.mail().networks()).isSameAs(Networks.NONE);
    assertThat(QualityRules.USUAL.mail().prefetchers())
        .containsExactly("*GoogleImageProxy*", "*YahooMailProxy*", "Mozilla/5.0");
    assertThat(QualityRules.USUAL.isOn("internal")).isFalse();
    assertThat(QualityRules.USUAL.perMinute()).isZero();
    for (String text : List.of("", "\n# nothing\n", "bots: true", "mail_scanners: true")) {
      assertThat(read(text)).as(text).isEqualTo(QualityRules.USUAL);
    }
  }

  @Test
  void a_new_workspace_has_the_usual_rules() {
    NewWorkspace.make(folder, ZoneOffset.UTC);
    Workspace workspace = Workspace.open(folder);
    assertThat(folder.resolve("quality.yaml")).isRegularFile();
    assertThat(QualityFile.of(workspace)).isEqualTo(QualityRules.USUAL);
  }

  @Test
  void every_field_is_read() {
    QualityRules rules =
        read(
            """
            bots: false
            mail_scanners: {networks: [192.0.2.0/24], prefetchers: ["x*"]}
            internal:
              domains: [Example.com]
              networks: ["2001:db8::/32", 198.51.100.7]
              people: 'traits.role == "staff"'
              match: 'properties.test == true'
            bursts: {per_minute: 120}
            """);
    assertThat(rules.bots()).isFalse();
    assertThat(rules.mail().networks().hold("192.0.2.77")).isTrue();
    assertThat(rules.mail().prefetchers()).containsExactly("x*");
    assertThat(rules.internal().domains()).containsExactly("example.com");
    assertThat(rules.internal().networks().texts())
        .containsExactly("2001:db8::/32", "198.51.100.7");
    assertThat(rules.internal().people()).isNotNull();
    assertThat(rules.internal().match()).isNotNull();
    assertThat(rules.perMinute()).isEqualTo(120);
    assertThat(read("mail_scanners: false").mail().on()).isFalse();
  }

  @Test
  void what_is_wrong_is_named_with_its_line_and_the_nearest_word() {
    assertThatThrownBy(() ->
            read(
                """
                bot: true
                mail_scanners: maybe
                internal:
                  domains: ["@example.com"]
                  networks: [10.0.0.0/33]
                  people: 'account.size == "big"'
                  match: 'traits.role == "staff"'
                bursts: {}
                """))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("quality.yaml:1: unknown field 'bot'; did you mean 'bots'?")
        .hasMessageContaining("quality.yaml:2: 'mail_scanners' must be true, false, or have")
        .hasMessageContaining(
            "quality.yaml:4: 'internal': '@example.com' is no domain; write one as example.com")
        .hasMessageContaining("quality.yaml:5: 'internal': '10.0.0.0/33' is no network")
        .hasMessageContaining("quality.yaml:6: 'internal': 'people' cannot ask for account")
        .hasMessageContaining("quality.yaml:7: 'internal': 'match' cannot ask for traits")
        .hasMessageContaining("quality.yaml:8: 'bursts': 'per_minute' is missing");
    for (String wrong :
        List.of(
            "bots: 1",
            "bots:",
            "- bots",
            "bursts: {per_minute: 0}",
            "bursts: 7",
            "internal: {domains: [[a]]}",
            "internal: {match: 'event =='}",
            "internal: true",
            "bots: true\nbots: false")) {
      assertThatThrownBy(() -> read(wrong))
          .as(wrong)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("quality.yaml:");
    }
  }
}
