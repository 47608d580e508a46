package io.pulso.bench;

import java.util.Arrays;

/// How long each of many things took; threads may add at the same time.
final class Waits {
  private long[] nanos = new long[1 << 16];
  private int count;

  synchronized void add(long wait) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = wait;
  }

  synchronized int count() {
    return count;
  }

  /// The median, the 99th of a hundred, and the longest, in milliseconds.
  synchronized String text() {
    if (count == 0) {
      return "none";
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return Report.text(
        "p50 %.2f, p99 %.2f, max %.1f ms",
        sorted[count / 2] / 1e6, sorted[(int) (count * 0.99)] / 1e6, sorted[count - 1] / 1e6);
  }
}
