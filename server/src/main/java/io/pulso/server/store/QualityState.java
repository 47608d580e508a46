package io.pulso.server.store;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// The rules by which new records are judged and what they left out since the store was opened;
/// shared by all connections to a store.
final class QualityState {
  private final Map<Exclusion, LongAdder> excluded = new EnumMap<>(Exclusion.class);
  private final LongAdder swept = new LongAdder();
  volatile QualityRules rules = QualityRules.NONE;

  QualityState() {
    for (Exclusion each : Exclusion.values()) {
      excluded.put(each, new LongAdder());
    }
  }

  void count(Map<Exclusion, Long> more) {
    more.forEach((reason, records) -> {
      LongAdder adder = excluded.get(reason);
      if (adder != null) {
        adder.add(records);
      }
    });
  }

  void sweep(long more) {
    swept.add(more);
  }

  long excluded(Exclusion reason) {
    LongAdder adder = excluded.get(reason);
    return adder == null ? 0 : adder.sum();
  }

  long swept() {
    return swept.sum();
  }
}
