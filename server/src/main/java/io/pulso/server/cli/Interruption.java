package io.pulso.server.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends a piece of work in order when the program is told to stop: the work is interrupted, undoes
/// itself, and the user is told what became of it.
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 3;

  private final Console console;
  private final Thread worker = Thread.currentThread();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "stop");
  private volatile boolean done;
  private volatile boolean stopping;

  Interruption(Console console) {
    this.console = console;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stop() {
    stopping = true;
    worker.interrupt();
    try {
      // What is not undone by then is undone by the store when it is opened again.
      boolean ended = over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      console.note(
          ended && done
              ? "\nstopped; the import was complete and is stored"
              : "\nstopped; nothing of this import was stored. Run the same command again to complete it");
    } catch (InterruptedException e) {
      worker.interrupt();
    }
  }

  /// The work is complete and cannot be undone any more.
  void done() {
    done = true;
  }

  boolean isStopping() {
    return stopping;
  }

  @Override
  public void close() {
    over.countDown();
    if (!stopping) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The program is ending, and the hook says so.
        stopping = true;
      }
    }
  }
}
