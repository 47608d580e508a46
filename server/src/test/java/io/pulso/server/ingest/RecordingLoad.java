package io.pulso.server.ingest;

import io.pulso.server.store.Incoming;
import io.pulso.server.store.Load;
import io.pulso.server.store.Rejected;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Keeps in memory what is loaded; the ids of earlier imports stay known.
final class RecordingLoad implements Load {
  final List<Incoming> rows = new ArrayList<>();
  final List<Rejected> rejected = new ArrayList<>();
  boolean committed;

  private final Set<String> known;

  RecordingLoad() {
    this(new HashSet<>());
  }

  private RecordingLoad(Set<String> known) {
    this.known = known;
  }

  /// The next import into the same store.
  RecordingLoad next() {
    return new RecordingLoad(known);
  }

  @Override
  public void append(Incoming row) {
    rows.add(row);
  }

  @Override
  public void reject(Rejected one) {
    rejected.add(one);
  }

  @Override
  public Counts commit() {
    committed = true;
    long stored = rows.stream().filter(row -> known.add(row.messageId())).count();
    return new Counts(stored, rows.size() - stored);
  }

  @Override
  public void close() {}

  Incoming only() {
    if (rows.size() != 1) {
      throw new AssertionError("expected one row, got " + rows + " and " + rejected);
    }
    return rows.get(0);
  }
}
