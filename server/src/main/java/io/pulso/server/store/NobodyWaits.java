package io.pulso.server.store;

import java.io.Serial;

/// Says that whoever asked has left before there was an answer.
public final class NobodyWaits extends StoreException {
  @Serial private static final long serialVersionUID = 1L;
  private static final String MESSAGE = "nobody waits for this answer any more";

  NobodyWaits() {
    super(MESSAGE);
  }

  NobodyWaits(Throwable cause) {
    super(MESSAGE, cause);
  }
}
