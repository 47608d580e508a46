package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutFileTest {
  @TempDir private Path folder;

  @Test
  void a_file_that_cannot_be_completed_leaves_the_old_one() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "old");
    OutFile.Bytes half =
        out -> {
          out.write('n');
          throw new IOException("No space left on device");
        };
    assertThatThrownBy(() -> new OutFile(file).bytes(half))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("disk is full");
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void a_link_keeps_pointing_to_its_file() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    new OutFile(link).bytes(out -> out.write('n'));
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("n");
  }

  @Test
  void a_folder_is_refused() {
    assertThatThrownBy(() -> new OutFile(folder).bytes(out -> out.write('n')))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a folder");
  }
}
