package io.pulso.server.ingest;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads what [BytesOut] wrote; bytes that it did not write are an `IllegalArgumentException`.
final class BytesIn {
  private final byte[] bytes;
  private final int end;
  private int pos;

  BytesIn(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    this.pos = from;
    this.end = from + length;
  }

  int one() {
    need(1);
    return bytes[pos++] & 0xFF;
  }

  /// One of some values, by its place.
  <T> T one(List<T> values) {
    int place = one();
    if (place >= values.size()) {
      throw broken();
    }
    return values.get(place);
  }

  long eight() {
    need(8);
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = (value << 8) | (bytes[pos++] & 0xFF);
    }
    return value;
  }

  int count() {
    long value = unsigned();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw broken();
    }
    return (int) value;
  }

  long signed() {
    long value = unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  private long unsigned() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = one();
      value |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw broken();
  }

  String text() {
    long head = unsigned();
    long length = head >>> 1;
    if (length > end - pos) {
      throw broken();
    }
    int from = pos;
    pos += (int) length;
    if ((head & 1) == 0) {
      return new String(bytes, from, (int) length, StandardCharsets.UTF_8);
    }
    char[] text = new char[(int) length / 2];
    for (int i = 0; i < text.length; i++) {
      text[i] = (char) ((bytes[from + 2 * i] << 8) | (bytes[from + 2 * i + 1] & 0xFF));
    }
    return new String(text);
  }

  void end() {
    if (pos != end) {
      throw broken();
    }
  }

  private void need(int more) {
    if (end - pos < more) {
      throw broken();
    }
  }

  private static IllegalArgumentException broken() {
    return new IllegalArgumentException("these bytes are no arrival");
  }
}
