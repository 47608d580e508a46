package io.pulso.server.access;

import java.time.Instant;

/// Instants as the store keeps them: microseconds since 1970.
public final class Micros {
  private Micros() {}

  public static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
  }

  public static long of(Instant at) {
    return at.getEpochSecond() * 1_000_000 + at.getNano() / 1000;
  }
}
