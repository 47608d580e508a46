package io.pulso.server.people;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// How often a password was tried for an account from a network. The more often, the longer the
/// next try from there must wait; tries from elsewhere never wait for it.
final class Guesses {
  private static final int FREE = 5;
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration FORGOTTEN = Duration.ofHours(24);
  private static final int MOST = 20_000;

  private final Clock clock;
  private final Map<Key, Tries> tries = new LinkedHashMap<>(16, 0.75f, true);

  private record Key(String account, String network) {}

  private record Tries(int count, Instant last) {
    Duration pause() {
      return count < FREE
          ? Duration.ZERO
          : Duration.ofSeconds(Math.min(LONGEST.toSeconds(), 1L << Math.min(count - FREE, 20)));
    }
  }

  Guesses(Clock clock) {
    this.clock = clock;
  }

  private static Key key(String account, String address) {
    return new Key(account.strip().toLowerCase(Locale.ROOT), Networks.of(address));
  }

  /// Counts a try before it is made; what is left to wait where it may not be made.
  synchronized Duration begin(String account, String address) {
    Key key = key(account, address);
    Instant now = clock.instant();
    Tries old = tries.get(key);
    if (old == null || now.isAfter(old.last().plus(FORGOTTEN))) {
      old = new Tries(0, now);
    }
    Duration left = Duration.between(now, old.last().plus(old.pause()));
    if (left.isPositive()) {
      return left;
    }
    tries.put(key, new Tries(old.count() + 1, now));
    if (tries.size() > MOST) {
      tries.remove(tries.keySet().iterator().next());
    }
    return Duration.ZERO;
  }

  /// A try that was right, or that was not looked at.
  synchronized void forget(String account, String address) {
    tries.remove(key(account, address));
  }

  /// Takes back a try that was not looked at.
  synchronized void undo(String account, String address) {
    tries.computeIfPresent(
        key(account, address), (key, old) -> new Tries(old.count() - 1, old.last()));
  }
}
