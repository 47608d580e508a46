package io.pulso.server.cli;

import io.pulso.server.app.NewWorkspace;
import io.pulso.server.app.Settings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "init",
    description = "Makes a workspace.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class InitCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "DIR", description = "Its folder; made when there is none.")
  private Path folder = Path.of(".");

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description = "The time zone whose days are scored, such as Europe/Berlin; default UTC.")
  private String zone = "UTC";

  InitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    NewWorkspace.make(folder, Settings.zone(zone));
    console.note("made the workspace " + folder);
    console.note(
        "next: write a model into "
            + folder.resolve("models")
            + " (starter.yaml.sample is one), and");
    console.note("  pulso import FILE --workspace " + folder);
    return Commands.DONE;
  }
}
