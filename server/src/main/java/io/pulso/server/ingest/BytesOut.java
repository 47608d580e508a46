package io.pulso.server.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes numbers and texts into bytes, small numbers short.
final class BytesOut {
  private byte[] bytes = new byte[512];
  private int length;

  void one(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  void eight(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  /// A number that is not negative.
  void count(int value) {
    unsigned(value);
  }

  void signed(long value) {
    unsigned((value << 1) ^ (value >> 63));
  }

  private void unsigned(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /// A text as UTF-8, or as its characters when a half of a pair stands alone in it.
  void text(String text) {
    if (isWhole(text)) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      unsigned((long) utf8.length << 1);
      append(utf8);
    } else {
      byte[] utf16 = new byte[text.length() * 2];
      for (int i = 0; i < text.length(); i++) {
        utf16[2 * i] = (byte) (text.charAt(i) >>> 8);
        utf16[2 * i + 1] = (byte) text.charAt(i);
      }
      unsigned(((long) utf16.length << 1) | 1);
      append(utf16);
    }
  }

  private void append(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private static boolean isWhole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
      }
    }
    return true;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
