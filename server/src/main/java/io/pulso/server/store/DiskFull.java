package io.pulso.server.store;

import io.pulso.server.event.InputException;

/// The disk has no room: nothing of a step was kept, and it can be done again when there is some.
public final class DiskFull extends InputException {
  private static final long serialVersionUID = 1L;

  DiskFull(Throwable cause) {
    super(
        "the disk is full: nothing of this step was kept; free some space and run it again", cause);
  }
}
