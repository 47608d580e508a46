package io.pulso.bench;

import io.pulso.server.journal.Journal;
import io.pulso.server.journal.Reader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Measures how many records a second the journal makes durable, and how long each caller waits.
///
/// `JournalRate FOLDER [THREADS] [BYTES] [SECONDS] [follow]`; `follow` reads and releases
/// meanwhile.
public final class JournalRate {
  private final int threads;
  private final byte[] record;
  private final Duration time;

  private JournalRate(int threads, int bytes, Duration time) {
    this.threads = threads;
    this.record = new byte[bytes];
    Arrays.fill(record, (byte) 'x');
    this.time = time;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]).resolve("journal-rate");
    int threads = args.length > 1 ? Integer.parseInt(args[1]) : 64;
    int bytes = args.length > 2 ? Integer.parseInt(args[2]) : 300;
    int seconds = args.length > 3 ? Integer.parseInt(args[3]) : 5;
    boolean follow = args.length > 4;
    JournalRate rate = new JournalRate(threads, bytes, Duration.ofSeconds(seconds));
    for (int round = 0; round < 4; round++) {
      String line = rate.round(folder, follow);
      System.out.println((round == 0 ? "warming up: " : "") + line);
    }
  }

  private String round(Path folder, boolean follow) throws IOException, InterruptedException {
    delete(folder);
    long[][] waits = new long[threads][];
    try (Journal journal = Journal.open(folder, Journal.Settings.DEFAULT)) {
      CountDownLatch left = new CountDownLatch(threads);
      long end = System.nanoTime() + time.toNanos();
      for (int i = 0; i < threads; i++) {
        int number = i;
        Thread.startVirtualThread(() -> {
          waits[number] = append(journal, end);
          left.countDown();
        });
      }
      Thread reader = Thread.ofPlatform().start(() -> follow(journal, follow ? left : null));
      left.await();
      reader.join();
    }
    long[] all = Stream.of(waits).flatMapToLong(Arrays::stream).sorted().toArray();
    return Report.text(
        "%d threads, %d bytes%s: %,.0f a second, wait p50 %.3f p99 %.3f max %.1f ms",
        threads,
        record.length,
        follow ? ", read meanwhile" : "",
        all.length / (time.toNanos() / 1e9),
        all[all.length / 2] / 1e6,
        all[all.length / 100 * 99] / 1e6,
        all[all.length - 1] / 1e6);
  }

  private long[] append(Journal journal, long end) {
    long[] waits = new long[1 << 16];
    int count = 0;
    for (long start = System.nanoTime(); start < end; count++) {
      journal.append(record);
      long now = System.nanoTime();
      waits = count < waits.length ? waits : Arrays.copyOf(waits, 2 * count);
      waits[count] = now - start;
      start = now;
    }
    return Arrays.copyOf(waits, count);
  }

  private static void follow(Journal journal, @Nullable CountDownLatch left) {
    if (left == null) {
      return;
    }
    try (Reader reader = journal.read(0)) {
      while (left.getCount() > 0) {
        if (reader.await(Duration.ofMillis(10))) {
          while (reader.next() != null) {}
          journal.release(reader.position());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> files = new ArrayList<>();
      try (Stream<Path> found = Files.walk(folder)) {
        found.sorted(Comparator.reverseOrder()).forEach(files::add);
      }
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }
}
