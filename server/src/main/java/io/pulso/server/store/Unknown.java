package io.pulso.server.store;

import io.pulso.server.event.InputException;

/// What is asked for is not there.
public final class Unknown extends InputException {
  private static final long serialVersionUID = 1L;

  public Unknown(String message) {
    super(message);
  }
}
