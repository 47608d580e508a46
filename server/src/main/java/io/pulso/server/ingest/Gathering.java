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
    Policy policy = terms.policy();
    boolean declined = policy.consent.isAsked() && policy.consent.mayBeDeclined(body.text());
    RowFault why = declined ? Consent.fault() : fault;
    add(line, why, why.reason().isKept() ? KeptBody.of(body, policy.scrubber) : "");
  }

  /// Refuses a whole request, of which perhaps only the beginning is known. Its text is not kept
  /// where it may be that of a person who did not agree.
  void refuse(RowFault fault, Slice begin) {
    Policy policy = terms.policy();
    add(1, fault, policy.consent.isAsked() ? "" : KeptBody.of(begin, policy.scrubber));
  }

  private void add(long line, RowFault fault, String body) {
    rejects.add(new Rejected(from, line, fault.reason(), fault.detail(), body));
    verdicts.add(new Verdict.Refused(fault.reason(), fault.detail()));
  }

  Received received(boolean single) {
    return new Received(
        new Arrival(terms.source(), !terms.browser(), receivedAt, rows, rejects), verdicts, single);
  }
}
