package io.pulso.server.store;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Writes blocks of events on a thread of its own, so that one block is filled while another is
/// written.
final class BlockWriter implements AutoCloseable {
  private final Db db;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> Thread.ofPlatform().name("store-write").daemon().unstarted(work));
  private EventBlock filling;
  private EventBlock free;
  private @Nullable Future<?> writing;

  /// @param number that of the import of all rows
  /// @param size how many rows a block takes
  BlockWriter(Db db, int number, int size) {
    this.db = db;
    this.filling = new EventBlock(number, size);
    this.free = new EventBlock(number, size);
  }

  /// The block that takes the next row.
  EventBlock block() {
    if (filling.isFull()) {
      flush();
    }
    return filling;
  }

  /// Hands the filled rows over to be written.
  private void flush() {
    await();
    EventBlock full = filling;
    filling = free;
    free = full;
    writing = thread.submit(() -> full.write(db));
  }

  /// Writes all rows and waits until they are written.
  void finish() {
    flush();
    await();
  }

  /// Waits until what was handed over is written.
  void await() {
    Future<?> last = writing;
    if (last == null) {
      return;
    }
    writing = null;
    Waiting.until(last);
  }

  /// Waits for the block that is being written, whatever became of it.
  @Override
  public void close() {
    thread.close();
  }
}
