package io.pulso.server.ingest;

/// A number of 64 bits that stands for a text.
final class Hash64 {
  private static final long START = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Hash64() {}

  static long of(String text) {
    return of(text, 0, text.length());
  }

  /// FNV-1a over the characters, mixed so that all bits may be used.
  static long of(String text, int from, int to) {
    long hash = START;
    for (int i = from; i < to; i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
    return hash ^ (hash >>> 32);
  }
}
