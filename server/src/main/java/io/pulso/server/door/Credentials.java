package io.pulso.server.door;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The write key in an `Authorization` header.
final class Credentials {
  private Credentials() {}

  /// The key; null when the header tells none.
  static @Nullable String key(@Nullable String header) {
    if (header == null) {
      return null;
    }
    int blank = header.indexOf(' ');
    if (blank < 0) {
      return null;
    }
    String said = header.substring(blank + 1).strip();
    String key =
        switch (header.substring(0, blank).toLowerCase(Locale.ROOT)) {
          case "basic" -> user(said);
          case "bearer" -> said;
          default -> "";
        };
    return key.isEmpty() ? null : key;
  }

  /// The part before the colon, which may be missing.
  private static String user(String said) {
    try {
      String both = new String(Base64.getDecoder().decode(said), StandardCharsets.UTF_8);
      int colon = both.indexOf(':');
      return colon < 0 ? both : both.substring(0, colon);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
