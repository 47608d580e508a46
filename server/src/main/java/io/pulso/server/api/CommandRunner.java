package io.pulso.server.api;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Runs commands of the command line for other processes, with the store that this process holds.
public interface CommandRunner {
  /// A command.
  ///
  /// @param terminal whether a person looks at it
  record Command(List<String> words, boolean terminal, Caller caller) {}

  /// The process that gives a command.
  ///
  /// @param user who runs it
  /// @param workspace what it calls the folder of the workspace
  /// @param files texts of the files that the words name
  /// @param faults why such files cannot be read
  record Caller(
      String user, Path workspace, Map<String, String> files, Map<String, String> faults) {}

  /// Runs it and gives its exit status.
  ///
  /// @param target where it writes instead of the file that it names
  int run(Command command, OutputStream out, OutputStream err, Path target);
}
