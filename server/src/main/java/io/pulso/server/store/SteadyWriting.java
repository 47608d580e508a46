package io.pulso.server.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// Brings a large file that the database writes onto the disk bit by bit. What the system gathers
/// would else go there in one go at the end, and whoever forces another file meanwhile, such as the
/// journal, would wait for all of it.
final class SteadyWriting implements AutoCloseable {
  private static final Duration BETWEEN = Duration.ofMillis(200);

  private final FileChannel channel;
  private final Thread thread;

  /// Begins; the file is there, and is closed by others before this.
  SteadyWriting(Path file) {
    try {
      // To close it gives up the database's lock of the file, so it stays open.
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new StoreException("cannot open the copy " + file + ": " + e, e);
    }
    thread = Thread.ofPlatform().name("steady-writing").daemon().start(this::run);
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(BETWEEN);
        channel.force(false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // What cannot be written is told to the database, which says so.
      return;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeFile();
    }
  }

  private void closeFile() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException("cannot close the copy: " + e, e);
    }
  }
}
