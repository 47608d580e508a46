package io.pulso.server.app;

import io.pulso.server.ingest.Loader;
import io.pulso.server.journal.Journal;
import io.pulso.server.journal.JournalException;
import io.pulso.server.store.StoreBusy;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// What was acknowledged and may not be in the store yet.
interface Backlog {
  /// Nothing was ever served.
  Backlog NONE =
      new Backlog() {
        @Override
        public void await() {
          // Nothing waits.
        }

        @Override
        public void drop() {
          // Nothing is kept.
        }
      };

  /// Waits until everything that is acknowledged by now is loaded.
  void await();

  /// Removes from the disk what is loaded.
  void drop();

  /// That of a journal.
  record OfJournal(Journal journal, Loader loader) implements Backlog {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(5);

    @Override
    public void await() {
      long position = journal.last();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (loader.loaded() < position) {
        if (System.nanoTime() > end) {
          String fault = loader.fault();
          throw new StoreBusy(
              "what was acknowledged cannot be loaded at the moment%s: try again later"
                  .formatted(fault == null ? "" : " (" + fault + ")"));
        }
        LockSupport.parkNanos(STEP.toNanos());
      }
    }

    @Override
    public void drop() {
      try {
        journal.turn();
        await();
        journal.release(loader.loaded());
      } catch (JournalException e) {
        throw new StoreBusy("the journal still has what is loaded: " + e.getMessage());
      }
    }
  }
}
