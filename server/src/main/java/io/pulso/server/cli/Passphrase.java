package io.pulso.server.cli;

import io.pulso.server.app.Workspace;
import io.pulso.server.event.InputException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The passphrase of a backup: from a file or from the environment, never from the command line,
/// which others can see.
final class Passphrase {
  static final String VARIABLE = "PULSO_BACKUP_PASSPHRASE";
  private static final int SHORTEST = 8;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description =
          "A file whose first line encrypts the backup; default the environment's "
              + VARIABLE
              + ", or none.")
  private @Nullable Path file;

  @Nullable String read() {
    Path given = file;
    String text =
        given == null
            ? System.getenv(VARIABLE)
            : Workspace.text(given).lines().findFirst().orElse("");
    if (text == null || (given == null && text.isEmpty())) {
      return null;
    }
    if (text.length() < SHORTEST) {
      throw new InputException("a passphrase has at least %d characters".formatted(SHORTEST));
    }
    return text;
  }
}
