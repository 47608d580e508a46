package io.pulso.server.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A place in a long list, as a text that callers hand back as it is.
final class Cursor {
  private static final int LONGEST = 4_000;
  private static final char BETWEEN = '\u0000';

  private Cursor() {}

  static String of(List<String> parts) {
    String text = String.join(String.valueOf(BETWEEN), parts);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The parts of a cursor; anything else is refused.
  static List<String> read(String cursor, int parts) {
    if (cursor.length() <= LONGEST) {
      try {
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        List<String> found = split(new String(bytes, StandardCharsets.UTF_8));
        if (found.size() == parts) {
          return found;
        }
      } catch (IllegalArgumentException e) {
        throw wrong();
      }
    }
    throw wrong();
  }

  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(BETWEEN); at >= 0; at = text.indexOf(BETWEEN, from)) {
      parts.add(text.substring(from, at));
      from = at + 1;
    }
    parts.add(text.substring(from));
    return parts;
  }

  static long number(String part) {
    try {
      return Long.parseLong(part);
    } catch (NumberFormatException e) {
      throw wrong();
    }
  }

  static Refused wrong() {
    return new Refused(
        400,
        "'cursor' is none of this list: give 'next' of the page before, with the same question");
  }
}
