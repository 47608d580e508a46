package io.pulso.server.api;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Runs commands of the command line that only read, with the store that this process holds.
public interface CommandRunner {
  /// A command.
  ///
  /// @param files texts of model files that it names
  /// @param terminal whether a person looks at it
  record Command(List<String> words, Map<String, String> files, boolean terminal) {}

  /// Runs it and gives its exit status.
  ///
  /// @param target where it writes instead of the file that it names
  int run(Command command, OutputStream out, OutputStream err, Path target);
}
