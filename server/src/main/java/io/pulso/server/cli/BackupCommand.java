package io.pulso.server.cli;

import io.pulso.server.app.Backup;
import io.pulso.server.app.Keeper;
import io.pulso.server.app.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "backup",
    description = "Writes the workspace into one file, also while a server runs.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BackupCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "FILE", description = "The file; it appears whole or not at all.")
  private Path file = Path.of("");

  @Mixin private final InWorkspace where = new InWorkspace();
  @Mixin private final Passphrase passphrase = new Passphrase();

  BackupCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws java.io.IOException {
    @Nullable String secret = passphrase.read();
    Workspace workspace = where.open();
    Optional<Remote> remote = Remote.of(workspace);
    if (remote.isPresent()) {
      Backup.file(file, secret, out -> remote.get().download("/api/v1/backup", out));
    } else {
      Keeper.closed(
          workspace,
          Clock.systemUTC(),
          keeper -> {
            try (var made = keeper.backup()) {
              Backup.file(file, secret, made::write);
            }
            return true;
          });
    }
    console.note(
        "%s: %s%s, checked"
            .formatted(
                file,
                RebuildCommand.size(Files.size(file)),
                secret == null ? ", not encrypted" : ", encrypted"));
    return Commands.DONE;
  }
}
