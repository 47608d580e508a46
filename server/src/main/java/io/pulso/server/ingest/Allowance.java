package io.pulso.server.ingest;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// How much each of many may still do: a minute's number at once, and as many again over the next
/// minute.
public final class Allowance {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanos;
  private final int most;
  private final ConcurrentMap<String, AtomicLong> free = new ConcurrentHashMap<>();

  /// @param nanos a clock that never jumps
  /// @param most how many are told apart
  public Allowance(LongSupplier nanos, int most) {
    this.nanos = nanos;
    this.most = most;
  }

  /// Takes one; how long to wait when there is none left, else zero.
  ///
  /// @param together who they are when there are too many to tell them apart
  /// @param perMinute 0 for any number
  public Duration take(String who, String together, int perMinute) {
    if (perMinute <= 0) {
      return Duration.ZERO;
    }
    long now = nanos.getAsLong();
    long each = MINUTE / perMinute;
    AtomicLong spent = of(who, together, now);
    while (true) {
      long before = spent.get();
      long after = (before - now > 0 ? before : now) + each;
      long over = after - now - MINUTE;
      if (over > 0) {
        return Duration.ofNanos(over);
      }
      if (spent.compareAndSet(before, after)) {
        return Duration.ZERO;
      }
    }
  }

  private AtomicLong of(String who, String together, long now) {
    AtomicLong known = free.get(who);
    if (known != null) {
      return known;
    }
    String key = who;
    if (free.size() >= most) {
      free.values().removeIf(spent -> spent.get() - now <= 0);
      key = free.size() >= most ? together : who;
    }
    return free.computeIfAbsent(key, w -> new AtomicLong(now));
  }
}
