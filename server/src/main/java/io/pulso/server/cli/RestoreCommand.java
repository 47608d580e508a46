package io.pulso.server.cli;

import io.pulso.server.app.Restore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    description = "Brings a backup back; one that cannot be used changes nothing.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RestoreCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "FILE", description = "The backup.")
  private Path file = Path.of("");

  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      required = true,
      description = "The folder that becomes the workspace.")
  private Path folder = Path.of("");

  @Option(
      names = "--replace",
      description = "Replaces the workspace that is there; who was erased in it stays erased.")
  private boolean replace;

  @Mixin private final Passphrase passphrase = new Passphrase();

  RestoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Remote.none(folder, "bring a backup back there");
    Restore.Report report =
        Restore.run(file, passphrase.read(), folder, replace, Clock.systemUTC(), console::note);
    console.note(
        "restored what was stored at %s: %s events, %s other calls"
            .formatted(
                report.madeAt(), Numbers.count(report.events()), Numbers.count(report.calls())));
    if (report.erasedAgain() > 0) {
      console.note(
          "%s ids that were erased since then were erased again"
              .formatted(Numbers.count(report.erasedAgain())));
    }
    if (report.waitingBytes() > 0) {
      console.note(
          "%s of events that were acknowledged later are still in the journal: `pulso serve` loads them"
              .formatted(RebuildCommand.size(report.waitingBytes())));
    }
    if (report.lostBytes() > 0) {
      console.note(
          "%s of events that were acknowledged later are gone: send them again from their sources"
              .formatted(RebuildCommand.size(report.lostBytes())));
    }
    if (!replace) {
      console.note("who was erased after the backup was made is not known here: forget them again");
    }
    return Commands.DONE;
  }
}
