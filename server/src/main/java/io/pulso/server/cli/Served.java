package io.pulso.server.cli;

import io.pulso.server.app.Models;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A command that a server runs where it holds the workspace. The files that it names are read and
/// written by the process that was given the command.
interface Served extends Callable<Integer> {
  InWorkspace where();

  /// The files that it reads, as it calls them.
  default List<String> reads() {
    return List.of();
  }

  /// The file that it writes, if it does.
  default @Nullable Path writes() {
    return null;
  }

  /// Whether it changes what scores are made of.
  default boolean changes() {
    return false;
  }

  /// The file that the name of a model is; none where it is none.
  static List<String> modelFile(@Nullable String model) {
    return model != null && Models.isFile(model) && isFile(model) ? List.of(model) : List.of();
  }

  static boolean isFile(String name) {
    try {
      return Files.isRegularFile(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
