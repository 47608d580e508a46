package io.pulso.server.store;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A complete store that takes the place of another one. A mark beside it says that it is complete:
/// whenever the process ends, the next one finds either the old store or the new one, whole.
public final class Takeover {
  /// What the database keeps beside its file.
  static final List<String> BESIDE = List.of("", ".wal", ".wal.checkpoint", ".wal.recovery");

  private final Path file;
  private final Path fresh;
  private final Path mark;

  Takeover(Path file) {
    this.file = file.toAbsolutePath();
    this.fresh = beside(file, ".new");
    this.mark = beside(file, ".complete");
  }

  /// A file beside the store's.
  static Path beside(Path file, String ending) {
    return file.toAbsolutePath().resolveSibling(file.getFileName() + ending);
  }

  /// Where the new store is to be written.
  Path fresh() {
    return fresh;
  }

  /// Puts a complete store in the place of another one, which is closed.
  public static void put(Path complete, Path file) {
    Takeover takeover = new Takeover(file);
    try {
      takeover.discard();
      Files.move(complete, takeover.fresh, StandardCopyOption.ATOMIC_MOVE);
      takeover.finish();
    } catch (IOException e) {
      throw new InputException("cannot put a new store in the place of " + file + ": " + e, e);
    }
  }

  /// Finishes what a process that was killed had decided, or removes what it had not.
  void tidy() {
    try {
      if (Files.exists(mark)) {
        replace();
      } else {
        discard();
      }
    } catch (IOException e) {
      throw new InputException("cannot tidy up beside the store " + file + ": " + e, e);
    }
  }

  /// Removes copies that a process which was killed left.
  void removeCopies() {
    try {
      remove(beside(file, ".copy"));
      try (DirectoryStream<Path> parts =
          Files.newDirectoryStream(beside(file, ".copy").getParent(), "backup.part-*")) {
        for (Path each : parts) {
          Files.deleteIfExists(each);
        }
      }
    } catch (IOException e) {
      throw new InputException("cannot tidy up beside the store " + file + ": " + e, e);
    }
  }

  /// Removes a store that was not finished.
  void discard() throws IOException {
    remove(fresh);
  }

  /// Removes a store with all its files.
  static void remove(Path store) throws IOException {
    for (String ending : BESIDE) {
      Files.deleteIfExists(Path.of(store + ending));
    }
    removeFolder(Path.of(store + ".tmp"));
  }

  private static void removeFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path each : files) {
          Files.deleteIfExists(each);
        }
      }
      Files.deleteIfExists(folder);
    }
  }

  /// Lets the new store, which is closed, take the place of the old one, which is closed too.
  void finish() {
    try {
      force(fresh, StandardOpenOption.WRITE);
      mark();
      replace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void mark() throws IOException {
    try {
      Files.createFile(mark);
    } catch (FileAlreadyExistsException e) {
      // A process that was killed made it: the same is said again.
      Files.write(mark, new byte[0]);
    }
    force(mark, StandardOpenOption.WRITE);
    forceFolder();
  }

  private void replace() throws IOException {
    for (String ending : BESIDE) {
      if (!ending.isEmpty()) {
        Files.deleteIfExists(Path.of(file + ending));
      }
    }
    removeFolder(Path.of(file + ".tmp"));
    if (Files.exists(fresh)) {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    forceFolder();
    Files.deleteIfExists(mark);
    forceFolder();
    discard();
  }

  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  private void forceFolder() throws IOException {
    Path folder = file.getParent();
    if (folder != null && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      force(folder, StandardOpenOption.READ);
    }
  }
}
