package io.pulso.server.score;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Coverages that were looked at lately. Looking reads the events of four weeks, so it happens
/// beside the questions, takes a twentieth of the time at most, and a question waits for it only
/// where nothing is known yet.
public final class Coverages {
  private static final System.Logger LOG = System.getLogger(Coverages.class.getName());
  private static final int KEPT = 100;
  private static final int SHARE = 20;
  private static final long LEAST = Duration.ofSeconds(1).toNanos();
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Map<Key, Looked> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Looked> eldest) {
          return size() > KEPT;
        }
      };

  private record Key(InUse use, int day) {}

  private static final class Looked {
    private @Nullable Coverage last;
    private long goodUntil;
    private @Nullable FutureTask<Coverage> looking;
  }

  /// The coverage of a model on a day; null where it is not known within two seconds.
  ///
  /// @param look reads it from the store, on any thread
  public @Nullable Coverage of(InUse use, int day, Supplier<Coverage> look) {
    FutureTask<Coverage> task;
    synchronized (entries) {
      Looked entry = entries.computeIfAbsent(new Key(use, day), key -> new Looked());
      if (entry.looking == null && (entry.last == null || System.nanoTime() > entry.goodUntil)) {
        begin(entry, look);
      }
      if (entry.last != null) {
        return entry.last;
      }
      task = entry.looking;
    }
    return task == null ? null : await(task);
  }

  private void begin(Looked entry, Supplier<Coverage> look) {
    FutureTask<Coverage> task =
        new FutureTask<>(() -> {
          long began = System.nanoTime();
          @Nullable Coverage found = null;
          try {
            found = look.get();
            return found;
          } finally {
            done(entry, found, began);
          }
        });
    entry.looking = task;
    Thread.ofVirtual().name("coverage").start(task);
  }

  private void done(Looked entry, @Nullable Coverage found, long began) {
    synchronized (entries) {
      long now = System.nanoTime();
      entry.looking = null;
      entry.goodUntil = now + Math.max(LEAST, SHARE * (now - began));
      if (found != null) {
        entry.last = found;
      }
    }
  }

  private static @Nullable Coverage await(FutureTask<Coverage> task) {
    try {
      return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      LOG.log(System.Logger.Level.WARNING, "the coverage cannot be told", e);
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
