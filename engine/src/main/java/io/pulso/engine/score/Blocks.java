package io.pulso.engine.score;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Shares subjects out among threads in blocks that fit the cache.
public final class Blocks {
  /// Subjects in a block.
  public static final int SIZE = 2048;

  private Blocks() {}

  /// What is done with the subjects `first` ≤ `s` < `last`.
  @FunctionalInterface
  public interface Work {
    void run(int first, int last);
  }

  /// Does the work for all subjects. Each thread asks for a work of its own, so that it may keep
  /// arrays to work in.
  public static void each(int subjects, int threads, Supplier<Work> work) {
    AtomicInteger next = new AtomicInteger();
    Runnable worker = () -> drain(next, subjects, work.get());
    if (threads <= 1 || subjects <= SIZE) {
      worker.run();
      return;
    }
    try (ForkJoinPool pool = new ForkJoinPool(threads)) {
      List<? extends ForkJoinTask<?>> tasks =
          Stream.generate(() -> pool.submit(worker)).limit(threads).toList();
      tasks.forEach(ForkJoinTask::join);
    }
  }

  private static void drain(AtomicInteger next, int subjects, Work work) {
    int blocks = Math.ceilDiv(subjects, SIZE);
    for (int block = next.getAndIncrement(); block < blocks; block = next.getAndIncrement()) {
      work.run(block * SIZE, Math.min(SIZE, subjects - block * SIZE) + block * SIZE);
    }
  }
}
