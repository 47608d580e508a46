package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.server.event.InputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerSettingsTest {
  @Test
  void the_defaults_are_these() {
    assertThat(ServerSettings.of(Map.of(), Map.of()))
        .isEqualTo(
            new ServerSettings(
                "127.0.0.1",
                8080,
                32_768,
                512_000,
                2_500,
                4_096,
                0,
                1_024,
                512,
                60,
                10,
                List.of(),
                new WebSettings(List.of(), "", "", 20_000, 30, 15),
                new PeopleSettings("", null, List.of())));
  }

  @Test
  void the_environment_wins_over_the_file() {
    Settings settings = Settings.read("pulso.yaml", "server: {port: 81, host: 0.0.0.0}\n");
    ServerSettings found =
        ServerSettings.of(
            settings.server(),
            Map.of("PULSO_PORT", "82", "PULSO_TRUSTED_PROXIES", "10.0.0.1, ::1"));
    assertThat(found.port()).isEqualTo(82);
    assertThat(found.host()).isEqualTo("0.0.0.0");
    assertThat(found.proxies()).containsExactly("10.0.0.1", "::1");
  }

  @Test
  void what_is_wrong_is_refused_with_the_place() {
    assertThatThrownBy(() -> Settings.read("pulso.yaml", "server: {prot: 81}\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("pulso.yaml:1")
        .hasMessageContaining("did you mean 'port'?");
    for (String wrong : new String[] {"-1", "65536", "x", "", "1.5"}) {
      assertThatThrownBy(() -> ServerSettings.of(Map.of(), Map.of("PULSO_PORT", wrong)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("port")
          .hasMessageContaining("PULSO_PORT");
    }
  }
}
