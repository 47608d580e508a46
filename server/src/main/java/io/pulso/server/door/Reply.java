package io.pulso.server.door;

import java.util.Map;

/// An answer to a request.
record Reply(int status, String type, String body, Map<String, String> headers) {
  static final String JSON = "application/json";

  static Reply json(String body) {
    return new Reply(200, JSON, body, Map.of());
  }
}
