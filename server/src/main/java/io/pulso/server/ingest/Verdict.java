package io.pulso.server.ingest;

import io.pulso.server.store.RejectReason;

/// What became of one record of a request. Whether an accepted one repeats another is found later.
public sealed interface Verdict {
  record Accepted(String messageId) implements Verdict {}

  record Refused(RejectReason reason, String detail) implements Verdict {}
}
