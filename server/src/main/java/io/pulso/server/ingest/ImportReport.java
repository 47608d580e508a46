package io.pulso.server.ingest;

import io.pulso.server.store.RejectReason;
import java.util.SortedMap;

/// What became of the records of an import: read = stored + duplicates + Σ rejected.
///
/// @param replaced daily totals in whose place others were told
public record ImportReport(
    long files,
    long read,
    long stored,
    long duplicates,
    long replaced,
    SortedMap<RejectReason, Long> rejected) {
  public long rejectedTotal() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }
}
