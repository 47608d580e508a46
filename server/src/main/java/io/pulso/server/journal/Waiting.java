package io.pulso.server.journal;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A record whose caller waits until it is on disk.
final class Waiting {
  private final byte[] payload;
  private final Thread caller = Thread.currentThread();
  private long position;
  private @Nullable JournalException failure;
  private volatile boolean done;

  Waiting(byte[] payload) {
    this.payload = payload;
  }

  byte[] payload() {
    return payload;
  }

  /// Whether it asks for a new segment and is no record.
  boolean isTurn() {
    return payload.length == 0;
  }

  /// The bytes it takes in a file.
  int size() {
    return Format.PREFIX + payload.length;
  }

  void isAt(long end) {
    position = end;
  }

  void isDurable() {
    done = true;
    LockSupport.unpark(caller);
  }

  /// Ends the wait with a failure, unless it has ended.
  void hasFailed(JournalException why) {
    if (!done) {
      failure = why;
      isDurable();
    }
  }

  /// Waits for the outcome. An interrupt does not end the wait, since the record may be on disk
  /// already; it is there again afterwards.
  long await() {
    boolean interrupted = false;
    while (!done) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      caller.interrupt();
    }
    if (failure != null) {
      throw failure;
    }
    return position;
  }
}
