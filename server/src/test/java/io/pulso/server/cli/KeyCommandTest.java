package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.app.Server;
import io.pulso.server.app.ServerSettings;
import io.pulso.server.app.Workspace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void make_a_workspace() {
    Cli.expect(0, "init", folder);
  }

  private Cli key(int status, Object... words) {
    Object[] all = new Object[words.length + 3];
    all[0] = "key";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "--workspace";
    all[words.length + 2] = folder;
    return Cli.expect(status, all);
  }

  private void a_key_lives() {
    assertThat(key(0, "list").err()).contains("there is no key yet");
    String value = key(0, "create", "--source", "web").out().strip();
    assertThat(value).matches("sec_[0-9a-f]{64}");
    Cli list = key(0, "list", "--json");
    assertThat(list.out()).contains("\"source\":\"web\"").doesNotContain(value);
    String id = list.out().replaceAll("(?s).*\"id\":\"([0-9a-f]+)\".*", "$1");
    assertThat(key(0, "rotate", id).out().strip()).matches("sec_[0-9a-f]{64}").isNotEqualTo(value);
    key(0, "revoke", id);
    assertThat(key(0, "list").out()).contains(id).contains("revoked");
    assertThat(key(2, "revoke", id).err()).contains("there is no key " + id + " that holds");
    assertThat(key(2, "create", "--source", "web", "--value", "short").err()).contains("8 to 200");
    assertThat(key(2, "create", "--source", "w", "--origin", "example.org").err())
        .contains("https://www.example.org");
  }

  @Test
  void a_key_is_made_listed_rotated_and_revoked() {
    a_key_lives();
    assertThat(Cli.expect(0, "token", "create", "--scope", "read", "--workspace", folder).out())
        .startsWith("tok_");
    assertThat(Cli.expect(2, "token", "create", "--scope", "root", "--workspace", folder).err())
        .contains("there are read, write and admin");
  }

  @Test
  void all_of_it_works_while_a_server_holds_the_store() {
    ServerSettings settings = ServerSettings.of(Map.of("port", "0"), Map.of());
    try (Server server = new Server(Workspace.open(folder), settings, Clock.systemUTC())) {
      assertThat(server.port()).isPositive();
      a_key_lives();
      assertThat(Cli.expect(0, "token", "create", "--scope", "read", "--workspace", folder).out())
          .startsWith("tok_");
    }
  }
}
