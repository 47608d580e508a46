package io.pulso.server.door;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The fields of a query or of a form. What is no percent code stands for itself.
final class Form {
  private static final int MOST = 64;

  private Form() {}

  static Map<String, String> read(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : text.split("&", MOST)) {
      int mark = pair.indexOf('=');
      String name = mark < 0 ? pair : pair.substring(0, mark);
      fields.putIfAbsent(decode(name), mark < 0 ? "" : decode(pair.substring(mark + 1)));
    }
    return fields;
  }

  /// A text with its percent codes decoded.
  static String percent(String text) {
    return decode(text, '+');
  }

  private static String decode(String text) {
    return decode(text, ' ');
  }

  /// @param plus what a plus sign stands for
  private static String decode(String text, char plus) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int i = 0; i < utf8.length; i++) {
      int code = utf8[i] == '%' && i + 2 < utf8.length ? code(utf8[i + 1], utf8[i + 2]) : -1;
      if (code >= 0) {
        i += 2;
        utf8[length++] = (byte) code;
      } else {
        utf8[length++] = utf8[i] == '+' ? (byte) plus : utf8[i];
      }
    }
    return new String(utf8, 0, length, StandardCharsets.UTF_8);
  }

  private static int code(byte high, byte low) {
    int one = Character.digit(high, 16);
    int other = Character.digit(low, 16);
    return one < 0 || other < 0 ? -1 : (one << 4) | other;
  }
}
