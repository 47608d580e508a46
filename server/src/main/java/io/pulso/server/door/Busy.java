package io.pulso.server.door;

import java.time.Duration;

/// What came in cannot be made durable now; the sender shall try again.
public final class Busy extends Exception {
  private static final long serialVersionUID = 1L;

  private final Duration pause;

  /// @param pause how long the sender shall wait
  public Busy(String message, Duration pause) {
    super(message, null, false, false);
    this.pause = pause;
  }

  Duration pause() {
    return pause;
  }
}
