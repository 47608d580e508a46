package io.pulso.server.journal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How far the journal is safe on disk, for those who wait for more.
final class Progress {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private volatile long durable;
  private final AtomicInteger watchers = new AtomicInteger();
  private volatile boolean ended;

  Progress(long durable) {
    this.durable = durable;
  }

  long durable() {
    return durable;
  }

  /// Only the writer calls this.
  void reach(long position) {
    durable = position;
    if (watchers.get() > 0) {
      wake();
    }
  }

  /// Says that it will not grow any more.
  void end() {
    ended = true;
    wake();
  }

  private void wake() {
    lock.lock();
    try {
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for more than a position; false when there is none in time or there will be none.
  boolean await(long position, Duration timeout) throws InterruptedException {
    if (durable > position) {
      return true;
    }
    long left = TimeUnit.NANOSECONDS.convert(timeout);
    lock.lockInterruptibly();
    try {
      watchers.incrementAndGet();
      while (durable <= position && !ended && left > 0) {
        left = grown.awaitNanos(left);
      }
      return durable > position;
    } finally {
      watchers.decrementAndGet();
      lock.unlock();
    }
  }
}
