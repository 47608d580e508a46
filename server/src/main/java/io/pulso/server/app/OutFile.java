package io.pulso.server.app;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/// A file that a command writes: it appears whole or not at all. Devices and pipes are written as
/// they are.
public record OutFile(Path path) {
  /// Writes bytes.
  public interface Bytes {
    void write(OutputStream out) throws IOException;
  }

  /// Writes a file of its own.
  public interface Work {
    void write(Path file) throws IOException;
  }

  public void bytes(Bytes work) {
    whole(file -> {
      try (OutputStream out = Files.newOutputStream(file)) {
        work.write(out);
      }
    });
  }

  public void whole(Work work) {
    try {
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        if (Files.isDirectory(path)) {
          throw new InputException(path + " is a folder: name a file");
        }
        work.write(path);
        return;
      }
      replace(work);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void replace(Work work) throws IOException {
    Path target = Files.isSymbolicLink(path) ? path.toRealPath() : path.toAbsolutePath();
    Path part =
        target.resolveSibling("." + target.getFileName() + ".part" + ProcessHandle.current().pid());
    boolean done = false;
    try {
      work.write(part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      done = true;
    } finally {
      if (!done) {
        Files.deleteIfExists(part);
      }
    }
  }

  private InputException unwritable(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    String why =
        message.contains("no space") || message.contains("quota")
            ? "the disk is full: free some space and run it again"
            : switch (e) {
              case java.nio.file.NoSuchFileException missing -> "there is no such folder";
              case java.nio.file.AccessDeniedException denied -> "permission denied";
              default -> e.getMessage();
            };
    return new InputException("cannot write " + path + ": " + why, e);
  }
}
