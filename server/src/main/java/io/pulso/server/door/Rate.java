package io.pulso.server.door;

import io.pulso.server.ingest.Allowance;
import java.time.Duration;
import java.util.function.LongSupplier;

/// How many requests each sender may still send: a minute's number at once, and as many again over
/// the next minute.
final class Rate {
  private static final int SENDERS = 100_000;

  private final Allowance allowance;

  Rate(LongSupplier nanos) {
    this(nanos, SENDERS);
  }

  /// @param most how many senders are told apart; those beyond share one number by their key
  Rate(LongSupplier nanos, int most) {
    this.allowance = new Allowance(nanos, most);
  }

  /// Takes one request; how long to wait when there is none left, else zero.
  Duration take(Key key, String address) {
    String who = key.browser() ? key.id() + ' ' + address : key.id();
    return allowance.take(who, key.id(), key.perMinute());
  }
}
