package io.pulso.server.app;

import io.pulso.engine.json.Json;
import io.pulso.server.api.Answer;
import io.pulso.server.ingest.Loader;
import io.pulso.server.store.LiveLoad;
import io.pulso.server.store.RejectReason;
import java.util.EnumMap;
import java.util.Map;

/// What has been loaded since the server started. The sum of stored, duplicates and rejected is
/// what was received.
final class Totals implements Loader.Listener {
  private long stored;
  private long duplicates;
  private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);

  /// A state of the counters.
  record Now(long received, long stored, long duplicates, Map<RejectReason, Long> rejected) {}

  @Override
  public synchronized void loaded(Map<String, LiveLoad.Counts> bySource) {
    for (LiveLoad.Counts counts : bySource.values()) {
      stored += counts.stored();
      duplicates += counts.duplicates();
      counts.rejected().forEach((reason, rows) -> rejected.merge(reason, rows, Long::sum));
    }
  }

  Json.Obj json() {
    Now now = now();
    Answer byReason = new Answer();
    now.rejected().forEach((reason, rows) -> byReason.put(reason.word(), rows));
    return new Answer()
        .put("received", now.received())
        .put("stored", now.stored())
        .put("duplicates", now.duplicates())
        .put("rejected", byReason.json())
        .json();
  }

  synchronized Now now() {
    long bad = rejected.values().stream().mapToLong(Long::longValue).sum();
    return new Now(stored + duplicates + bad, stored, duplicates, new EnumMap<>(rejected));
  }
}
