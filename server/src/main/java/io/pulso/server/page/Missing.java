package io.pulso.server.page;

import java.io.Serial;

/// Says that what an address names is not there.
public final class Missing extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public Missing(String what) {
    super(what);
  }
}
