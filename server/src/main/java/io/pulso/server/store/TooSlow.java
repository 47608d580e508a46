package io.pulso.server.store;

import java.io.Serial;
import java.time.Duration;

/// A question was ended since its answer took longer than it may.
public final class TooSlow extends StoreException {
  @Serial private static final long serialVersionUID = 1L;

  TooSlow(Duration most) {
    super(
        "the answer took longer than %d s: ask for less, such as fewer days or a narrower filter"
            .formatted(most.toSeconds()));
  }
}
