package io.pulso.server.ingest;

import java.util.List;

/// A decoded request.
///
/// @param verdicts one for each record, in their order
/// @param single whether the verdict is about the whole request: it is one call, or its body could
///   not be read
public record Received(Arrival arrival, List<Verdict> verdicts, boolean single) {
  public Received {
    verdicts = List.copyOf(verdicts);
  }
}
