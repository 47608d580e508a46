package io.pulso.server.cli;

import io.pulso.server.api.CommandRunner;
import io.pulso.server.app.Server;
import io.pulso.server.app.Workspace;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import picocli.CommandLine;

/// Commands of other processes on a workspace that this process holds, run with connections to its
/// store. The files that they name are read and written by the other process.
public final class HeldCommands implements Server.Commands {
  private final Workspace workspace;
  private final ReentrantLock changing = new ReentrantLock();

  public HeldCommands(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public int run(
      Server.Holder holder,
      CommandRunner.Command command,
      OutputStream out,
      OutputStream err,
      Path target) {
    Console console =
        new Console(
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            command.terminal(),
            new Console.Held(workspace, holder, command.caller(), target));
    Served served;
    try {
      CommandLine tree = Commands.tree(console);
      tree.setExpandAtFiles(false);
      served = Given.read(tree, command.words()).served();
    } catch (CommandLine.ParameterException e) {
      // Running it says what is wrong.
      return run(console, command);
    }
    if (served == null) {
      console.note("pulso: this command cannot be run while a server holds the workspace");
      console.flush();
      return Commands.USER;
    }
    return served.changes() ? change(holder, console, command) : run(console, command);
  }

  private static int run(Console console, CommandRunner.Command command) {
    return Commands.run(console, command.words().toArray(String[]::new));
  }

  /// Runs one that changes something, one at a time; today's scores in memory follow before it
  /// ends.
  private int change(Server.Holder holder, Console console, CommandRunner.Command command) {
    changing.lock();
    try {
      return run(console, command);
    } finally {
      changing.unlock();
      holder.changed().run();
    }
  }
}
