package io.pulso.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.server.event.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
  private static final byte[] VALUE = "a secret".getBytes(StandardCharsets.UTF_8);
  private static final String KEY = "0123456789abcdef".repeat(4);

  @TempDir private Path folder;

  @Test
  void what_was_sealed_can_be_opened_with_the_same_key_and_name_alone() {
    Vault vault = new Vault(folder.resolve("key"), null);
    String sealed = vault.seal("a", VALUE);
    assertThat(sealed).isNotEqualTo(vault.seal("a", VALUE));
    assertThat(new String(Base64.getDecoder().decode(sealed), StandardCharsets.ISO_8859_1))
        .doesNotContain("secret");
    assertThat(new Vault(folder.resolve("key"), null).open("a", sealed)).isEqualTo(VALUE);
    assertThatThrownBy(() -> vault.open("b", sealed)).isInstanceOf(InputException.class);
    Vault other = new Vault(folder.resolve("other"), KEY);
    assertThatThrownBy(() -> other.open("a", sealed))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(Vault.VARIABLE);
    byte[] changed = Base64.getDecoder().decode(sealed);
    changed[changed.length - 1] ^= 1;
    assertThatThrownBy(() -> vault.open("a", Base64.getEncoder().encodeToString(changed)))
        .isInstanceOf(InputException.class);
  }

  @Test
  void the_file_is_made_when_it_is_needed_and_only_its_owner_reads_it() throws Exception {
    Path file = folder.resolve("key");
    Vault vault = new Vault(file, null);
    assertThatThrownBy(() -> vault.open("a", new Vault(file, KEY).seal("a", VALUE)))
        .hasMessageContaining("is missing");
    assertThat(file).doesNotExist();
    vault.seal("a", VALUE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.writeString(file, "nonsense");
    assertThatThrownBy(() -> vault.seal("a", VALUE)).hasMessageContaining("64 hexadecimal digits");
  }

  @Test
  void a_key_of_the_environment_makes_no_file_and_must_be_one() {
    Vault vault = new Vault(folder.resolve("key"), KEY + "\n");
    assertThat(vault.open("a", vault.seal("a", VALUE))).isEqualTo(VALUE);
    assertThat(folder.resolve("key")).doesNotExist();
    assertThatThrownBy(() -> new Vault(folder.resolve("key"), "short"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(Vault.VARIABLE);
  }
}
