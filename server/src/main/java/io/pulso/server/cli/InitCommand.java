package io.pulso.server.cli;

import io.pulso.server.app.Settings;
import io.pulso.server.event.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "init", description = "Makes a workspace.", mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "DIR", description = "Its folder, new or empty.")
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
    String id = Settings.zone(zone).getId();
    Path file = folder.resolve("pulso.yaml");
    if (Files.exists(file)) {
      throw new InputException(folder + " is a workspace already");
    }
    try {
      Files.createDirectories(folder.resolve("models"));
      Files.writeString(file, "time_zone: " + id + "\n");
    } catch (IOException e) {
      throw new InputException("cannot make a workspace in " + folder + ": " + e, e);
    }
    console.note("made the workspace " + folder);
    return Commands.DONE;
  }
}
