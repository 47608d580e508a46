package io.pulso.server.ingest;

import java.nio.charset.StandardCharsets;

/// A part of a byte array that holds a UTF-8 text; the same object is filled again and again.
final class Slice {
  byte[] bytes = new byte[0];
  int from;
  int to;

  Slice set(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    return this;
  }

  Slice set(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return set(utf8, 0, utf8.length);
  }

  boolean isEmpty() {
    return from == to;
  }

  int length() {
    return to - from;
  }

  byte at(int index) {
    return bytes[from + index];
  }

  String text() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
