package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostsTest {
  private final Hosts hosts = new Hosts(List.of("Pulso.example"));

  @Test
  void this_machine_and_the_named_hosts_are_known() {
    for (String host :
        List.of(
            "localhost",
            "LOCALHOST:80",
            "127.0.0.1:8080",
            "127.9.9.9",
            "[::1]:1",
            "[::1]",
            "pulso.example",
            "PULSO.example.:443")) {
      assertThat(hosts.isKnown(host)).as(host).isTrue();
    }
  }

  @Test
  void others_are_not() {
    for (String host :
        List.of(
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "",
            "[",
            "192.0.2.1",
            "pulso.example@x")) {
      assertThat(hosts.isKnown(host)).as(host).isFalse();
    }
  }

  @Test
  void a_loopback_address_or_a_setting_makes_hosts_count() {
    assertThat(Hosts.areKnown("127.0.0.1", List.of())).isTrue();
    assertThat(Hosts.areKnown("localhost", List.of())).isTrue();
    assertThat(Hosts.areKnown("::1", List.of())).isTrue();
    assertThat(Hosts.areKnown("0.0.0.0", List.of())).isFalse();
    assertThat(Hosts.areKnown("0.0.0.0", List.of("a"))).isTrue();
  }
}
