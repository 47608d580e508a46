package io.pulso.server.page;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What has become newer since somebody looked: that there is something, never what. Who is told
/// asks for the part of the page again, and sees of it what they may see.
public final class News implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final Map<Kind, Long> numbers = new EnumMap<>(Kind.class);
  private boolean closed;

  /// What can become newer.
  public enum Kind {
    /// What is told of everybody at a glance.
    BOARD,

    /// The records that came in.
    RECORDS;

    /// That of a word in an address; null where there is none.
    static @Nullable Kind of(String word) {
      for (Kind kind : values()) {
        if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
          return kind;
        }
      }
      return null;
    }
  }

  /// Says that something is newer.
  public void tell(Kind kind) {
    lock.lock();
    try {
      numbers.merge(kind, 1L, Long::sum);
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// How often that was said.
  long number(Kind kind) {
    lock.lock();
    try {
      return told(kind);
    } finally {
      lock.unlock();
    }
  }

  private long told(Kind kind) {
    return numbers.getOrDefault(kind, 0L);
  }

  /// Waits until it was said oftener than so many times, or for a while; null at the end of all
  /// news.
  @Nullable Long after(Kind kind, long seen, Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = patience.toNanos();
      while (told(kind) <= seen && !closed && nanos > 0) {
        nanos = more.awaitNanos(nanos);
      }
      return closed ? null : (Long) told(kind);
    } finally {
      lock.unlock();
    }
  }

  /// Waits for a while, whatever is said, but not longer than there are news.
  void rest(Duration time) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = time.toNanos();
      while (!closed && nanos > 0) {
        nanos = more.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Ends all news.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
