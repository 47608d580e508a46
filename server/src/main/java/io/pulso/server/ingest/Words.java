package io.pulso.server.ingest;

import java.util.Collection;

/// The words that a source has used so far, up to a bound: the names of its events, or the keys of
/// its properties. They are kept as numbers of 64 bits; asking takes no lock.
final class Words {
  private final int most;
  private volatile long[] slots = new long[64];
  private int size;

  Words(int most) {
    this.most = most;
  }

  boolean knows(long word) {
    return knows(slots, word);
  }

  /// Whether so many new ones may be added.
  synchronized boolean hasRoom(int more) {
    return size + more <= most;
  }

  /// Adds words, also beyond the bound.
  synchronized void add(Collection<Long> words) {
    long[] next = slots.clone();
    for (long word : words) {
      if (!knows(next, word)) {
        if ((size + 1) * 2 > next.length) {
          next = larger(next);
        }
        put(next, word == 0 ? 1 : word);
        size++;
      }
    }
    slots = next;
  }

  synchronized int size() {
    return size;
  }

  private static boolean knows(long[] slots, long word) {
    long wanted = word == 0 ? 1 : word;
    int at = (int) wanted & (slots.length - 1);
    while (slots[at] != 0 && slots[at] != wanted) {
      at = (at + 1) & (slots.length - 1);
    }
    return slots[at] == wanted;
  }

  private static void put(long[] slots, long word) {
    int at = (int) word & (slots.length - 1);
    while (slots[at] != 0) {
      at = (at + 1) & (slots.length - 1);
    }
    slots[at] = word;
  }

  private static long[] larger(long[] slots) {
    long[] next = new long[slots.length * 2];
    for (long word : slots) {
      if (word != 0) {
        put(next, word);
      }
    }
    return next;
  }
}
