package io.pulso.server.ingest;

import io.pulso.server.event.InputException;
import io.pulso.server.journal.Journal;
import io.pulso.server.journal.JournalException;
import io.pulso.server.journal.Reader;
import io.pulso.server.store.LiveLoad;
import io.pulso.server.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Moves what the journal holds into the store, on a thread of its own: each batch in one
/// transaction that also says how far the journal is loaded, so that nothing is lost or doubled
/// whenever the process ends.
public final class Loader implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Loader.class.getName());
  private static final int MOST_ROWS = 50_000;
  private static final Duration PATIENCE = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /// How much longer it rests than it has worked: requests are answered meanwhile, and a larger
  /// batch costs little more than a small one.
  private static final int REST = 3;

  private static final Duration LONGEST_REST = Duration.ofMillis(250);

  private final Journal journal;
  private final LiveLoad store;
  private final Listener listener;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile long loaded;
  private volatile @Nullable String fault;

  /// Is told, on the loader's thread, how it goes.
  public interface Listener {
    /// What a batch became.
    void loaded(Map<String, LiveLoad.Counts> bySource);

    /// There is nothing to load at the moment, or not yet.
    default void idle() {}
  }

  /// Begins to load.
  public Loader(Journal journal, LiveLoad store, Listener listener) {
    this.journal = journal;
    this.store = store;
    this.listener = listener;
    this.loaded = store.position();
    this.thread = Thread.ofPlatform().name("loader").start(this::run);
  }

  /// The position in the journal up to which everything is in the store.
  public long loaded() {
    return loaded;
  }

  /// Why nothing is being loaded at the moment; null when all is well.
  public @Nullable String fault() {
    return fault;
  }

  private void run() {
    while (!isClosing()) {
      try (Reader reader = journal.read(loaded)) {
        load(reader);
      } catch (InterruptedException e) {
        return;
      } catch (InputException | StoreException | JournalException e) {
        // A full disk or a damaged journal: what is acknowledged stays in the journal.
        fault = String.valueOf(e.getMessage());
        LOG.log(System.Logger.Level.ERROR, "loading is held up, and tried again", e);
        pause(PAUSE);
      }
    }
  }

  private void load(Reader reader) throws InterruptedException {
    listener.idle();
    while (!isClosing()) {
      if (reader.await(PATIENCE)) {
        long start = System.nanoTime();
        if (batch(reader) < MOST_ROWS) {
          rest(System.nanoTime() - start);
        }
      } else {
        listener.idle();
      }
    }
  }

  /// Loads what is there, up to a bound; gives the number of its rows.
  private int batch(Reader reader) {
    List<LiveLoad.Part> parts = new ArrayList<>();
    int rows = 0;
    for (byte[] record = reader.next(); record != null; record = reader.next()) {
      Arrival arrival = ArrivalCodec.decode(record);
      parts.add(
          new LiveLoad.Part(
              arrival.source(),
              arrival.trusted(),
              arrival.receivedAt(),
              arrival.rows(),
              arrival.rejects()));
      rows += arrival.rows().size() + arrival.rejects().size();
      if (rows >= MOST_ROWS) {
        break;
      }
    }
    if (parts.isEmpty()) {
      return 0;
    }
    long position = reader.position();
    Map<String, LiveLoad.Counts> counts = store.load(parts, position);
    loaded = position;
    fault = null;
    journal.release(position);
    listener.loaded(counts);
    return rows;
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void rest(long worked) {
    Duration rest = Duration.ofNanos(REST * worked);
    pause(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST);
  }

  private void pause(Duration time) {
    try {
      boolean closed = closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
      LOG.log(System.Logger.Level.TRACE, () -> closed ? "closing" : "going on");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  /// Ends after the batch that is being loaded; what is left stays in the journal.
  @Override
  public void close() {
    closing.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
