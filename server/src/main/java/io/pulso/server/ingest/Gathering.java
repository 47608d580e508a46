package io.pulso.server.ingest;

import io.pulso.server.store.Incoming;
import io.pulso.server.store.Rejected;
import java.util.ArrayList;
import java.util.List;

/// Collects what one request brings.
final class Gathering implements Outlet {
  private final Terms terms;
  private final long receivedAt;
  private final String from;
  private final List<Incoming> rows = new ArrayList<>();
  private final List<Rejected> rejects = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();

  /// @param from where the request came in
  Gathering(Terms terms, long receivedAt, String from) {
    this.terms = terms;
    this.receivedAt = receivedAt;
    this.from = from;
  }

  @Override
  public int file() {
    return 0;
  }

  @Override
  public String fileName() {
    return from;
  }

  @Override
  public void keep(Incoming row) {
    rows.add(row);
    verdicts.add(new Verdict.Accepted(row.messageId()));
  }

  @Override
  public void reject(long line, RowFault fault, Slice body) {
    rejects.add(new Rejected(from, line, fault.reason(), fault.detail(), KeptBody.of("", body)));
    verdicts.add(new Verdict.Refused(fault.reason(), fault.detail()));
  }

  Received received(boolean single) {
    return new Received(
        new Arrival(terms.source(), !terms.browser(), receivedAt, rows, rejects), verdicts, single);
  }
}
