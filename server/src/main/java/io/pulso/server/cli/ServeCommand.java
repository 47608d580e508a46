package io.pulso.server.cli;

import io.pulso.server.app.ServerSettings;
import io.pulso.server.app.Workspace;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "serve",
    description = "Takes events over HTTP and answers questions about scores, until it is stopped.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final InWorkspace where = new InWorkspace();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port; default the setting, which is 8080 unless it says otherwise.")
  private @Nullable Integer port;

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Workspace workspace = where.open();
    Remote.none(workspace.folder(), "start another one");
    ServerSettings settings = ServerSettings.of(workspace.settings().server(), System.getenv());
    if (port != null) {
      settings = settings.withPort(port);
    }
    try (Serving serving = Serving.start(console, workspace, settings, Clock.systemUTC())) {
      console.line("Pulso listens at " + serving.address());
      console.flush();
      console.note("`pulso key create --source NAME` makes a key to send with; Ctrl-C stops it");
      serving.untilStopped();
    }
    return Commands.DONE;
  }
}
