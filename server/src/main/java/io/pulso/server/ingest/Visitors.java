package io.pulso.server.ingest;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/// The ids that were seen before, and how many new ones each network address may still bring. Ids
/// are kept in a Bloom filter of a fixed size: it may take a new id for a known one, never the
/// other way round.
final class Visitors {
  private static final int ADDRESSES = 100_000;
  private static final int BITS_PER_ID = 16;
  private static final int PROBES = 4;

  private final AtomicLongArray bits;
  private final int mask;
  private final Allowance allowance;

  /// @param ids how many there are; there is room for several times as many
  Visitors(long ids, LongSupplier nanos) {
    long words =
        Long.highestOneBit(Math.clamp(4 * ids * BITS_PER_ID / 64, 1L << 19, 1L << 24) * 2 - 1);
    this.bits = new AtomicLongArray((int) words);
    this.mask = (int) words - 1;
    this.allowance = new Allowance(nanos, ADDRESSES);
  }

  /// Whether an id was probably seen before.
  boolean knows(String id) {
    long hash = Hash64.of(id);
    for (int i = 0; i < PROBES; i++) {
      long probe = hash + i * (hash >>> 17 | 1);
      if ((bits.get((int) (probe >>> 6) & mask) & 1L << probe) == 0) {
        return false;
      }
    }
    return true;
  }

  void add(String id) {
    long hash = Hash64.of(id);
    for (int i = 0; i < PROBES; i++) {
      long probe = hash + i * (hash >>> 17 | 1);
      int word = (int) (probe >>> 6) & mask;
      long bit = 1L << probe;
      if ((bits.get(word) & bit) == 0) {
        bits.accumulateAndGet(word, bit, (a, b) -> a | b);
      }
    }
  }

  /// Whether a network address may bring one more new id now.
  boolean mayBring(String address, int perMinute) {
    return allowance.take(address, "", perMinute).compareTo(Duration.ZERO) == 0;
  }
}
