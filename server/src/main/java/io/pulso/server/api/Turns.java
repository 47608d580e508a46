package io.pulso.server.api;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Lets everybody do so many heavy things at once. Who wants to do more waits in a line of their
/// own, in order; where that is long, or does not move, they are sent away.
public final class Turns {
  /// Heavy reads of one person or token at once.
  public static final int MOST = 2;

  /// More of them that wait.
  public static final int WAITING = 16;

  /// The status of what nobody waits for, as proxies write it in their logs.
  public static final int LEFT = 499;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LOOK_MILLIS = 100;

  private final int most;
  private final int places;
  private final Duration patience;
  private final Map<String, Line> lines = new HashMap<>();
  private final LongAdder refused = new LongAdder();
  private final LongAdder abandoned = new LongAdder();

  /// Those of one.
  private static final class Line {
    private final Deque<CountDownLatch> waiting = new ArrayDeque<>();
    private int running;
  }

  public Turns() {
    this(MOST, WAITING, PATIENCE);
  }

  /// @param places for those who wait, beside the ones whose turn it is
  /// @param patience how long they wait at most
  Turns(int most, int places, Duration patience) {
    this.most = most;
    this.places = places;
    this.patience = patience;
  }

  /// The turn of somebody.
  public final class Turn implements AutoCloseable {
    private final String who;

    private Turn(String who) {
      this.who = who;
    }

    @Override
    public void close() {
      end(who);
    }
  }

  /// Waits for a turn; null where there was none in time, or no place to wait, or they left.
  public @Nullable Turn take(String who, Presence presence) throws InterruptedException {
    CountDownLatch called = new CountDownLatch(1);
    synchronized (this) {
      Line line = lines.computeIfAbsent(who, any -> new Line());
      if (line.running < most) {
        line.running++;
        return new Turn(who);
      }
      if (line.waiting.size() >= places) {
        refused.increment();
        return null;
      }
      line.waiting.add(called);
    }
    boolean mine = false;
    try {
      mine = await(called, presence);
    } finally {
      mine = mine || !leave(who, called);
      if (!mine) {
        refused.increment();
      }
    }
    return mine ? new Turn(who) : null;
  }

  private boolean await(CountDownLatch called, Presence presence) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end && !presence.isGone()) {
      if (called.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }

  /// Gives up waiting; false where the turn came at that very moment.
  private synchronized boolean leave(String who, CountDownLatch called) {
    Line line = lines.get(who);
    return line != null && line.waiting.remove(called);
  }

  private synchronized void end(String who) {
    Line line = lines.get(who);
    if (line == null) {
      return;
    }
    CountDownLatch next = line.waiting.poll();
    if (next != null) {
      next.countDown();
    } else if (--line.running == 0) {
      lines.remove(who);
    }
  }

  /// How many of somebody's wait.
  synchronized int waiting(String who) {
    Line line = lines.get(who);
    return line == null ? 0 : line.waiting.size();
  }

  /// Says that somebody left before their read had ended.
  public void abandon() {
    abandoned.increment();
  }

  /// How many reads ended since nobody waited for them any more.
  public long abandoned() {
    return abandoned.sum();
  }

  /// How many were sent away.
  public long refused() {
    return refused.sum();
  }
}
