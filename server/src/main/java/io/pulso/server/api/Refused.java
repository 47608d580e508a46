package io.pulso.server.api;

/// A request that is not answered with what it asks for.
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;

  /// @param status of HTTP
  Refused(int status, String detail) {
    super(detail, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
