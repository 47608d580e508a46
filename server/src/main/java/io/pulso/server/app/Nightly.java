package io.pulso.server.app;

import io.pulso.server.event.InputException;
import io.pulso.server.journal.JournalException;
import io.pulso.server.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Does the nightly work, at a time of day of the workspace's zone, on a thread of its own; and at
/// the start what could not wait another night.
final class Nightly implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Nightly.class.getName());
  private static final Duration LOOK = Duration.ofMinutes(10);

  private final Clock clock;
  private final ZoneId zone;
  private final Supplier<LocalTime> at;
  private final List<NightlyWork> all;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /// @param at when it begins, which may change
  /// @param atOnce what is done when it starts
  Nightly(
      Clock clock,
      ZoneId zone,
      Supplier<LocalTime> at,
      List<NightlyWork> atOnce,
      List<NightlyWork> all) {
    this.clock = clock;
    this.zone = zone;
    this.at = at;
    this.all = List.copyOf(all);
    this.thread = Thread.ofPlatform().name("nightly").start(() -> run(atOnce));
  }

  /// The next time after an instant; where clocks skip it, the moment after.
  static ZonedDateTime next(ZonedDateTime now, LocalTime at) {
    ZonedDateTime today = now.toLocalDate().atTime(at).atZone(now.getZone());
    return today.isAfter(now)
        ? today
        : now.toLocalDate().plusDays(1).atTime(at).atZone(now.getZone());
  }

  private void run(List<NightlyWork> atOnce) {
    atOnce.forEach(this::run);
    LocalTime hour = at.get();
    ZonedDateTime next = next(clock.instant().atZone(zone), hour);
    while (!closed(Duration.between(clock.instant(), next))) {
      // Clocks are set, so it looks again and again.
      if (!clock.instant().isBefore(next.toInstant())) {
        all.forEach(this::run);
        next = next(clock.instant().atZone(zone), at.get());
      } else if (!at.get().equals(hour)) {
        next = next(clock.instant().atZone(zone), at.get());
      }
      hour = at.get();
    }
  }

  private void run(NightlyWork work) {
    if (closing.getCount() == 0) {
      return;
    }
    try {
      work.run();
    } catch (InputException | StoreException | JournalException | IllegalStateException e) {
      LOG.log(System.Logger.Level.ERROR, "nightly work failed: " + work.name(), e);
    }
  }

  private boolean closed(Duration wait) {
    long millis = Math.clamp(wait.toMillis(), 1, LOOK.toMillis());
    try {
      return closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /// Ends after the work that is being done.
  @Override
  public void close() {
    closing.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
