package io.pulso.server.door;

import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request at a door.
///
/// @param path where it came in
/// @param headers by their names in lower case
/// @param address the network address of the sender
record Ask(
    String path,
    Map<String, String> headers,
    Map<String, String> query,
    InputStream body,
    String address) {
  @Nullable String header(String name) {
    return headers.get(name);
  }

  /// The content type without its parameters.
  String type() {
    String said = headers.getOrDefault("content-type", "");
    int mark = said.indexOf(';');
    return (mark < 0 ? said : said.substring(0, mark)).strip().toLowerCase(Locale.ROOT);
  }

  boolean isVerbose() {
    String said = query.get("verbose");
    return "1".equals(said) || "true".equals(said);
  }
}
