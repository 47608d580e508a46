package io.pulso.server.ingest;

import io.pulso.engine.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Builds one canonical JSON object as UTF-8 bytes, straight from the bytes of a row.
final class JsonBytes {
  private byte[] bytes = new byte[1024];
  private int length;

  void begin() {
    bytes[0] = '{';
    length = 1;
  }

  /// The object's text; null when it has no fields.
  @Nullable String end() {
    if (length == 1) {
      return null;
    }
    room(1);
    bytes[length++] = '}';
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /// A key as it is written: quoted, with its colon.
  static byte[] key(String key) {
    StringBuilder out = new StringBuilder();
    JsonText.quote(key, out);
    return out.append(':').toString().getBytes(StandardCharsets.UTF_8);
  }

  JsonBytes key(byte[] quoted) {
    room(quoted.length + 1);
    if (length > 1) {
      bytes[length++] = ',';
    }
    System.arraycopy(quoted, 0, bytes, length, quoted.length);
    length += quoted.length;
    return this;
  }

  /// A text that is already JSON.
  void raw(String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  void string(String text) {
    int begin = length;
    room(text.length() + 2);
    bytes[length++] = '"';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7F || c == '"' || c == '\\') {
        length = begin;
        quoted(text);
        return;
      }
      bytes[length++] = (byte) c;
    }
    bytes[length++] = '"';
  }

  private void quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    JsonText.quote(text, out);
    raw(out.toString());
  }

  void string(Slice text) {
    room(text.length() * 6 + 2);
    bytes[length++] = '"';
    for (int i = text.from; i < text.to; i++) {
      byte c = text.bytes[i];
      if (c >= ' ' ? c != '"' && c != '\\' : c < 0) {
        bytes[length++] = c;
      } else {
        escape((char) c);
      }
    }
    bytes[length++] = '"';
  }

  private void escape(char c) {
    int named = "\"\\\n\r\t\b\f".indexOf(c);
    bytes[length++] = '\\';
    if (named >= 0) {
      bytes[length++] = (byte) "\"\\nrtbf".charAt(named);
    } else {
      bytes[length++] = 'u';
      bytes[length++] = '0';
      bytes[length++] = '0';
      bytes[length++] = (byte) Character.forDigit(c >> 4, 16);
      bytes[length++] = (byte) Character.forDigit(c & 15, 16);
    }
  }

  /// A text for which [Cells#isNumber] holds, without zeros at its end.
  void number(Slice text) {
    int end = text.to;
    int point = Scan.find(text.bytes, (byte) '.', text.from, end);
    while (point >= 0 && text.bytes[end - 1] == '0') {
      end--;
    }
    if (point >= 0 && end == point + 1) {
      end--;
    }
    int from = text.from;
    if (end - from == 2 && text.bytes[from] == '-' && text.bytes[from + 1] == '0') {
      from++;
    }
    room(end - from);
    System.arraycopy(text.bytes, from, bytes, length, end - from);
    length += end - from;
  }

  private void room(int more) {
    if (length + more + 8 > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more + 8));
    }
  }
}
