package io.pulso.server.door;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// How many requests each sender may still send: a minute's number at once, and as many again over
/// the next minute.
final class Rate {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final int SENDERS = 100_000;

  private final LongSupplier nanos;
  private final int most;
  private final ConcurrentMap<String, AtomicLong> free = new ConcurrentHashMap<>();

  Rate(LongSupplier nanos) {
    this(nanos, SENDERS);
  }

  /// @param most how many senders are told apart; those beyond share one number by their key
  Rate(LongSupplier nanos, int most) {
    this.nanos = nanos;
    this.most = most;
  }

  /// Takes one request; how long to wait when there is none left, else zero.
  Duration take(Key key, String address) {
    if (key.perMinute() <= 0) {
      return Duration.ZERO;
    }
    long now = nanos.getAsLong();
    long each = MINUTE / key.perMinute();
    AtomicLong spent = sender(key, address, now);
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

  private AtomicLong sender(Key key, String address, long now) {
    String who = key.browser() ? key.id() + ' ' + address : key.id();
    AtomicLong known = free.get(who);
    if (known != null) {
      return known;
    }
    if (free.size() >= most) {
      free.values().removeIf(spent -> spent.get() - now <= 0);
      who = free.size() >= most ? key.id() : who;
    }
    return free.computeIfAbsent(who, w -> new AtomicLong(now));
  }
}
