package io.pulso.server.cli;

import io.pulso.server.app.Server;
import io.pulso.server.app.ServerSettings;
import io.pulso.server.app.Teams;
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
      begin(workspace, settings, serving.server());
      serving.untilStopped();
    }
    return Commands.DONE;
  }

  /// Says how the first administrator gets in, and that nobody else does until then.
  private void begin(Workspace workspace, ServerSettings settings, Server server) {
    if (server.welcome() == null) {
      return;
    }
    console.note(
        "there is no administrator yet: open the link in %s, which holds for 15 minutes; `pulso person link` makes another one"
            .formatted(Teams.firstFile(workspace)));
    if (server.isHereOnly()) {
      console.note(
          "until then it listens to this machine alone, and not at %s as the setting host says"
              .formatted(settings.host()));
    }
  }
}
