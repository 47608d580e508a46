package io.pulso.server.ingest;

import io.pulso.server.store.Incoming;
import io.pulso.server.store.Load;
import io.pulso.server.store.PlainFile;
import io.pulso.server.store.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Carries batches from the thread that reads to a second one that appends, so that two cores work.
/// Reading waits when appending is behind.
final class Conveyor implements AutoCloseable {
  private static final int WAITING = 16;

  private final Load load;
  private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(WAITING);
  private final Thread appender;
  private volatile @Nullable Throwable failure;

  /// Some records and faults; one without either is the last.
  static final class Batch {
    static final int SIZE = 1_024;

    final List<Incoming> rows = new ArrayList<>(SIZE);
    final List<Rejected> rejects = new ArrayList<>();
    private @Nullable Runnable work;

    private boolean isLast() {
      return rows.isEmpty() && rejects.isEmpty() && work == null;
    }

    private void append(Load load) {
      rows.forEach(load::append);
      rejects.forEach(load::reject);
      if (work != null) {
        work.run();
      }
    }
  }

  Conveyor(Load load) {
    this.load = load;
    this.appender = Thread.ofPlatform().name("import-append").daemon().start(this::append);
  }

  private void append() {
    try {
      for (Batch batch = queue.take(); !batch.isLast(); batch = queue.take()) {
        batch.append(load);
      }
    } catch (InterruptedException e) {
      failure = new CancellationException("the import was stopped");
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  /// Hands a batch on; an empty one is left out.
  void put(Batch batch) {
    if (!batch.isLast()) {
      offer(batch);
    }
  }

  /// Has the rows of a file loaded after all that was put before, and waits for that.
  long[] plain(PlainFile file, LongConsumer done) {
    CompletableFuture<long[]> left = new CompletableFuture<>();
    Batch batch = new Batch();
    batch.work = () -> left.complete(load.plain(file, done));
    offer(batch);
    try {
      while (true) {
        try {
          return left.get(100, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          check();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void offer(Batch batch) {
    try {
      while (!queue.offer(batch, 100, TimeUnit.MILLISECONDS)) {
        check();
      }
      check();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled();
    }
  }

  private void check() {
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  static CancellationException cancelled() {
    return new CancellationException("the import was stopped; nothing of it was stored");
  }

  /// Waits until everything is appended.
  void finish() {
    offer(new Batch());
    try {
      appender.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled();
    }
    check();
  }

  /// Ends the appending thread, whatever waits; afterwards nothing more is appended.
  @Override
  public void close() {
    appender.interrupt();
    boolean interrupted = Thread.interrupted();
    while (appender.isAlive()) {
      try {
        appender.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
