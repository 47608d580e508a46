package io.pulso.server.door;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// How many requests were turned away before anything of them was kept, by the reason.
public final class Counters {
  /// Why a request was turned away.
  public enum Turned {
    NO_KEY,
    WRONG_ORIGIN,
    TOO_MANY,
    BUSY,
    ABORTED
  }

  private final Map<Turned, LongAdder> turned = new EnumMap<>(Turned.class);

  public Counters() {
    for (Turned reason : Turned.values()) {
      turned.put(reason, new LongAdder());
    }
  }

  void turn(Turned reason) {
    turned.computeIfAbsent(reason, r -> new LongAdder()).increment();
  }

  public long turned(Turned reason) {
    LongAdder adder = turned.get(reason);
    return adder == null ? 0 : adder.sum();
  }
}
