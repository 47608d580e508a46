package io.pulso.server.ingest;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How often each 64-bit hash was seen: open addressing in parts that grow one by one, 12 to 24
/// bytes a different hash.
final class Repeats {
  private static final int PARTS = 256;
  private static final int SMALLEST = 1 << 6;
  private static final int MOST_IN_BYTE = 126;

  private final @Nullable Part[] parts = new Part[PARTS];

  /// Hashes seen more often than a byte tells.
  private final Map<Long, Integer> frequent = new HashMap<>();

  void clear() {
    Arrays.fill(parts, null);
    frequent.clear();
  }

  /// Counts a hash and tells how often it was seen, this time included.
  int count(long hash) {
    long key = hash == 0 ? 1 : hash;
    int index = (int) (key >>> 56);
    Part part = parts[index];
    if (part == null) {
      part = new Part(SMALLEST);
      parts[index] = part;
    } else if (part.held * 4L >= part.keys.length * 3L) {
      part = part.grown();
      parts[index] = part;
    }
    int slot = part.slot(key);
    if (part.counts[slot] > MOST_IN_BYTE - 1) {
      return frequent.merge(key, MOST_IN_BYTE + 1, (before, first) -> before + 1);
    }
    part.counts[slot]++;
    return part.counts[slot];
  }

  private static final class Part {
    private final long[] keys;
    private final byte[] counts;
    private int held;

    Part(int size) {
      keys = new long[size];
      counts = new byte[size];
    }

    int slot(long key) {
      int mask = keys.length - 1;
      int slot = (int) key & mask;
      while (keys[slot] != key) {
        if (keys[slot] == 0) {
          keys[slot] = key;
          held++;
          return slot;
        }
        slot = (slot + 1) & mask;
      }
      return slot;
    }

    Part grown() {
      Part larger = new Part(keys.length * 2);
      for (int i = 0; i < keys.length; i++) {
        if (keys[i] != 0) {
          larger.counts[larger.slot(keys[i])] = counts[i];
        }
      }
      return larger;
    }
  }
}
