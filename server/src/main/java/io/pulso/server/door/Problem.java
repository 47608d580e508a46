package io.pulso.server.door;

import io.pulso.engine.json.JsonText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/// An error as RFC 9457 writes it.
final class Problem {
  static final String TYPE = "application/problem+json";

  private final int status;
  private final String detail;
  private final Map<String, String> more = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();

  Problem(int status, String detail) {
    this.status = status;
    this.detail = detail;
  }

  /// One more member, a text.
  Problem with(String name, String text) {
    more.put(name, text);
    return this;
  }

  Problem header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /// Tells the sender to wait before the next try, whole seconds and at least one.
  Problem retryAfter(Duration pause) {
    return header("Retry-After", Long.toString(Math.max(1, pause.plusMillis(999).toSeconds())));
  }

  String json() {
    StringBuilder out = new StringBuilder("{\"type\":\"about:blank\",\"title\":");
    JsonText.quote(HttpStatus.getMessage(status), out);
    out.append(",\"status\":").append(status).append(",\"detail\":");
    JsonText.quote(JsonText.clean(detail), out);
    more.forEach((name, text) -> {
      out.append(',');
      JsonText.quote(name, out);
      out.append(':');
      JsonText.quote(JsonText.clean(text), out);
    });
    return out.append('}').toString();
  }

  Reply reply() {
    return new Reply(status, TYPE, json(), headers);
  }
}
