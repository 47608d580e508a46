package io.pulso.server.store;

import io.pulso.engine.journey.FunnelKernel;
import io.pulso.engine.score.Blocks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.duckdb.DuckDBDataChunkReader;
import org.jspecify.annotations.Nullable;

/// Events of journeys in memory, eight bytes each, told owner by owner in the order of time. To
/// sort them here takes half as long as in the database, which sorts what has no room.
public final class GatheredSteps implements AutoCloseable {
  private static final int PAGE = 1 << 10;
  private static final int OWNER_BITS = Integer.numberOfTrailingZeros(Blocks.SIZE);

  /// Pages for all who gather in this process: a quarter of the memory.
  private static final Semaphore PAGES =
      new Semaphore(
          Math.toIntExact(
              Math.min(
                  Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 4 / (PAGE * Long.BYTES))));

  private final Semaphore free;
  private final int count;
  private final int timeBits;
  private final long from;
  private final List<Bucket> buckets = new ArrayList<>();
  private int pages;
  private boolean full;

  /// Keys of the events of [Blocks#SIZE] owners: owner, time since the first instant and steps.
  private static final class Bucket {
    final List<long[]> pages = new ArrayList<>();
    int size;
  }

  /// Takes the events of one owner after another.
  public interface Taking {
    /// An event, not before the one of the owner that was taken last.
    void take(int owner, long at, int which);

    /// No more events of some owners; others may take theirs at the same time.
    void end();
  }

  private GatheredSteps(Semaphore free, int count, int timeBits, long from) {
    this.free = free;
    this.count = count;
    this.timeBits = timeBits;
    this.from = from;
  }

  /// Null where an event does not go into eight bytes.
  static @Nullable GatheredSteps of(int count, long from, long to) {
    return of(PAGES, count, from, to);
  }

  /// @param free pages that may be taken
  static @Nullable GatheredSteps of(Semaphore free, int count, long from, long to) {
    int timeBits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(to - from, 1));
    return OWNER_BITS + timeBits + count + 1 < Long.SIZE
        ? new GatheredSteps(free, count, timeBits, from)
        : null;
  }

  /// Whether there was no room for some of them.
  boolean isFull() {
    return full;
  }

  void add(DuckDBDataChunkReader chunk) {
    var owner = chunk.vector(0);
    var at = chunk.vector(1);
    var which = chunk.vector(2);
    long rows = full ? 0 : chunk.rowCount();
    for (long i = 0; i < rows && !full; i++) {
      add(owner.getInt(i), at.getLong(i), which.getInt(i));
    }
  }

  /// @param at from the first instant on, and not after the last one
  void add(int owner, long at, int which) {
    int number = owner / Blocks.SIZE;
    while (number >= buckets.size()) {
      buckets.add(new Bucket());
    }
    Bucket bucket = buckets.get(number);
    int place = bucket.size % PAGE;
    if (place == 0) {
      full = !free.tryAcquire();
      if (full) {
        return;
      }
      pages++;
      bucket.pages.add(new long[PAGE]);
    }
    int inside = which / FunnelKernel.INSIDE;
    int steps = which % FunnelKernel.INSIDE | inside << count;
    long key = (long) (owner % Blocks.SIZE) << timeBits | (at - from);
    bucket.pages.getLast()[place] = key << (count + 1) | steps;
    bucket.size++;
  }

  /// Tells all of them, the owners in any order and on several threads, each of which asks for a
  /// taker of its own.
  public void each(Supplier<Taking> to) {
    int threads = Runtime.getRuntime().availableProcessors();
    Blocks.each(
        buckets.size() * Blocks.SIZE,
        threads,
        () -> {
          Taking taking = to.get();
          return (first, last) -> tell(buckets.get(first / Blocks.SIZE), first, taking);
        });
  }

  private void tell(Bucket bucket, int first, Taking to) {
    long[] keys = new long[bucket.size];
    for (int page = 0; page < bucket.pages.size(); page++) {
      int done = page * PAGE;
      System.arraycopy(bucket.pages.get(page), 0, keys, done, Math.min(PAGE, bucket.size - done));
    }
    bucket.pages.clear();
    Arrays.sort(keys);
    long someSteps = (1L << count) - 1;
    long someTime = (1L << timeBits) - 1;
    for (long key : keys) {
      int steps = (int) (key & someSteps) + (int) (key >> count & 1) * FunnelKernel.INSIDE;
      long place = key >> (count + 1);
      to.take(first + (int) (place >> timeBits), from + (place & someTime), steps);
    }
    to.end();
  }

  @Override
  public void close() {
    buckets.clear();
    free.release(pages);
    pages = 0;
  }
}
