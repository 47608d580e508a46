package io.pulso.server.ingest;

import io.pulso.server.store.Incoming;
import io.pulso.server.store.Rejected;
import java.util.List;

/// What one request brought, checked: the unit that is made durable before the answer.
///
/// @param source the name of the source that sent it
/// @param trusted whether it came with a secret key
/// @param receivedAt in microseconds
public record Arrival(
    String source, boolean trusted, long receivedAt, List<Incoming> rows, List<Rejected> rejects) {
  public Arrival {
    rows = List.copyOf(rows);
    rejects = List.copyOf(rejects);
  }
}
