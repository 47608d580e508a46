package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretCommandTest {
  @TempDir private Path folder;

  @Test
  void a_secret_is_made_listed_without_its_value_and_ended() {
    Path workspace = folder.resolve("w");
    Cli.expect(0, "init", workspace);
    var made = Cli.expect(0, "secret", "create", "--source", "web", "--workspace", workspace);
    String value = made.out().strip();
    assertThat(value).startsWith("sig_");
    String kid = made.err().replaceAll("(?s).*kid ([0-9a-f]{12}) .*", "$1");
    assertThat(Cli.expect(0, "secret", "list", "--workspace", workspace).out())
        .contains(kid, "web")
        .doesNotContain(value, "revoked");
    Cli.expect(0, "secret", "revoke", kid, "--workspace", workspace);
    assertThat(Cli.expect(0, "secret", "list", "--workspace", workspace).out()).contains("revoked");
    assertThat(Cli.expect(2, "secret", "revoke", kid, "--workspace", workspace).err())
        .contains("there is no secret " + kid + " that holds");
  }
}
