package io.pulso.server.cli;

import io.pulso.server.api.CommandRunner;
import io.pulso.server.app.Server;
import io.pulso.server.app.Workspace;
import io.pulso.server.store.Store;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Commands of other processes on a workspace that this process holds. They only read: they get a
/// connection to the store, the files that they name are read and written by the other process.
public final class HeldCommands implements Server.Commands {
  /// The commands, with the word behind them where there is one.
  private static final List<String> READING =
      List.of(
          "score",
          "explain",
          "history",
          "next",
          "rejected",
          "verify",
          "export",
          "model list",
          "model versions");

  private final Workspace workspace;

  public HeldCommands(Workspace workspace) {
    this.workspace = workspace;
  }

  /// Whether a command only reads and can be run by another process.
  static boolean isReading(List<String> words) {
    if (words.isEmpty() || words.contains("--help") || words.contains("-h")) {
      return false;
    }
    String two = words.size() < 2 ? "" : words.get(0) + " " + words.get(1);
    boolean replay =
        words.getFirst().equals("rejected")
            && words.stream().anyMatch(word -> word.equalsIgnoreCase("replay"));
    return !replay && (READING.contains(words.getFirst()) || READING.contains(two));
  }

  @Override
  public int run(
      Store store, CommandRunner.Command command, OutputStream out, OutputStream err, Path target) {
    Console console =
        new Console(
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            command.terminal(),
            new Console.Held(workspace, store::beside, command.files(), target));
    if (!isReading(command.words())) {
      console.note("pulso: this command cannot be run while a server holds the workspace");
      console.flush();
      return Commands.USER;
    }
    return Commands.run(console, command.words().toArray(String[]::new));
  }
}
