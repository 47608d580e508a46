package io.pulso.server.door;

import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A request at a door.
///
/// @param path where it came in
/// @param length how many bytes its body has, as it says itself; -1 where it does not
/// @param address the network address of the sender
record Ask(
    String path,
    Headers headers,
    int length,
    Map<String, String> query,
    InputStream body,
    String address) {
  /// What stands above a body.
  interface Headers {
    /// The value of one; null where there is none.
    ///
    /// @param name in lower case
    @Nullable String one(String name);

    /// All of them by their names in lower case.
    Map<String, String> all();
  }

  @Nullable String header(String name) {
    return headers.one(name);
  }

  /// The content type without its parameters.
  String type() {
    String said = Objects.requireNonNullElse(header("content-type"), "");
    int mark = said.indexOf(';');
    return (mark < 0 ? said : said.substring(0, mark)).strip().toLowerCase(Locale.ROOT);
  }

  boolean isVerbose() {
    String said = query.get("verbose");
    return "1".equals(said) || "true".equals(said);
  }
}
