package io.pulso.server.api;

import java.util.Map;

/// A request that is not answered with what it asks for.
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final transient Map<String, String> headers;

  /// @param status of HTTP
  Refused(int status, String detail) {
    this(status, detail, Map.of());
  }

  private Refused(int status, String detail, Map<String, String> headers) {
    super(detail, null, false, false);
    this.status = status;
    this.headers = headers;
  }

  /// One who should come again later.
  static Refused later(String detail, int seconds) {
    return new Refused(429, detail, Map.of("Retry-After", String.valueOf(seconds)));
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }
}
