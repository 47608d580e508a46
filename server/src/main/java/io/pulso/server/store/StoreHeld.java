package io.pulso.server.store;

import io.pulso.server.event.InputException;

/// Another process has the store open.
public final class StoreHeld extends InputException {
  private static final long serialVersionUID = 1L;

  StoreHeld(String message, Throwable cause) {
    super(message, cause);
  }
}
