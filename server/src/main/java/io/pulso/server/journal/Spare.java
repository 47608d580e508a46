package io.pulso.server.journal;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A file full of zeros that waits to become the next segment. Where a file has its bytes already,
/// a force writes the group alone, and does not wait for the file system's own journal.
final class Spare implements AutoCloseable {
  private static final int STEP = 1 << 18;

  private final Path file;
  private final long bytes;
  private CompletableFuture<Boolean> ready = CompletableFuture.completedFuture(false);

  Spare(Path folder, long bytes) {
    this.file = folder.resolve("spare");
    this.bytes = bytes;
  }

  /// Begins to make one on a thread of its own.
  void prepare() {
    ready =
        CompletableFuture.supplyAsync(
            this::make,
            task -> Thread.ofPlatform().name("pulso-journal-spare").daemon().start(task));
  }

  private boolean make() {
    try {
      Files.deleteIfExists(file);
      try (FileChannel made =
          FileChannel.open(file, Set.of(CREATE_NEW, WRITE), Access.attributes(file, "rw-------"))) {
        return fill(made, 0, bytes);
      }
    } catch (IOException e) {
      // A segment without a spare grows as it is written.
      return false;
    }
  }

  /// Gives the spare this name; false when there is none.
  boolean become(Path segment) throws IOException {
    boolean made = ready.join();
    ready = CompletableFuture.completedFuture(false);
    if (made) {
      Files.move(file, segment, StandardCopyOption.ATOMIC_MOVE);
    }
    return made;
  }

  /// Writes zeros up to a size, safe on disk; without room for that the file stays as long as it
  /// was.
  static boolean fill(FileChannel channel, long from, long to) throws IOException {
    try {
      for (long at = from; at < to; at += STEP) {
        Segment.write(channel, ByteBuffer.allocate((int) Math.min(STEP, to - at)), at);
        channel.force(true);
      }
      return true;
    } catch (IOException e) {
      channel.truncate(from);
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    ready.join();
    Files.deleteIfExists(file);
  }
}
