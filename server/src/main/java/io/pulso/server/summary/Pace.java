package io.pulso.server.summary;

import java.time.Duration;

/// Lets work in the background take a share of the time at most.
final class Pace {
  private final int share;
  private final long least;
  private long next;

  /// @param share the rest after a piece of work is so many times as long as the work
  /// @param least the shortest rest
  Pace(int share, Duration least) {
    this.share = share;
    this.least = least.toNanos();
    this.next = System.nanoTime();
  }

  boolean isDue() {
    return System.nanoTime() - next >= 0;
  }

  /// Begins the rest after a piece of work.
  ///
  /// @param began when the work began, by [System#nanoTime]
  void done(long began) {
    long now = System.nanoTime();
    next = now + Math.max(least, share * (now - began));
  }

  /// Begins a rest that is as long as the work: what was never there is wanted soon.
  void doneFirst(long began) {
    long now = System.nanoTime();
    next = now + (now - began);
  }

  /// Ends the rest.
  void hurry() {
    next = System.nanoTime();
  }
}
