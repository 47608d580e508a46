package io.pulso.server.app;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Says that a server is about to hold a workspace, so that commands wait for it.
public final class Starting implements AutoCloseable {
  private final Path file;

  private Starting(Path file) {
    this.file = file;
  }

  private static Path file(Path workspace) {
    return workspace.resolve("data").resolve("server.starting");
  }

  /// Says it until it is closed.
  public static Starting of(Workspace workspace) {
    Path file = file(workspace.folder());
    try {
      Files.createDirectories(workspace.folder().resolve("data"));
      Files.writeString(file, Long.toString(ProcessHandle.current().pid()));
    } catch (IOException e) {
      throw new InputException("cannot write " + file + ": " + e, e);
    }
    return new Starting(file);
  }

  /// Whether a server that lives is about to hold a workspace.
  ///
  /// @param workspace its folder
  public static boolean isSaid(Path workspace) {
    try {
      Path file = file(workspace);
      if (!Files.isRegularFile(file)) {
        return false;
      }
      long pid = Long.parseLong(Files.readString(file).strip());
      return pid != ProcessHandle.current().pid()
          && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    } catch (IOException | NumberFormatException e) {
      // Gone meanwhile, or not yet whole.
      return false;
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Its process tells that it has ended.
      return;
    }
  }
}
