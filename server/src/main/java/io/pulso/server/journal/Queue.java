package io.pulso.server.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The records that wait for the next group: many callers put, one writer takes all there are.
final class Queue {
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private List<Waiting> waiting = new ArrayList<>();
  private boolean writerIsIdle;
  private @Nullable JournalException closed;

  Queue(int most) {
    this.most = most;
  }

  /// Adds a record; waits while too many are here. Refuses once the queue is closed.
  void put(Waiting record) {
    lock.lock();
    try {
      while (closed == null && waiting.size() >= most) {
        emptied.awaitUninterruptibly();
      }
      if (closed != null) {
        throw closed;
      }
      waiting.add(record);
      if (writerIsIdle) {
        filled.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /// All that wait, in order, against an empty list that is filled next. Waits for the first one;
  /// none says that the queue is closed and empty.
  List<Waiting> take(List<Waiting> empty) {
    lock.lock();
    try {
      writerIsIdle = true;
      while (waiting.isEmpty() && closed == null) {
        filled.awaitUninterruptibly();
      }
      writerIsIdle = false;
      List<Waiting> taken = waiting;
      waiting = empty;
      if (taken.size() >= most) {
        emptied.signalAll();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /// Refuses records from now on, for this reason; those that are here are still taken.
  void close(JournalException why) {
    lock.lock();
    try {
      if (closed == null) {
        closed = why;
      }
      filled.signalAll();
      emptied.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
