package io.pulso.server.ingest;

import io.pulso.engine.json.JsonFault;
import io.pulso.server.store.RejectReason;

/// Why one record is not stored. Without a stack trace: bad rows are no surprise and must cost
/// little.
final class RowFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;

  RowFault(RejectReason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  static RowFault of(JsonFault fault) {
    RejectReason reason =
        switch (fault.kind()) {
          case SYNTAX, NUMBER -> RejectReason.BAD_JSON;
          case TOO_DEEP -> RejectReason.TOO_DEEP;
          case TOO_MANY_KEYS -> RejectReason.TOO_MANY_KEYS;
          case DUPLICATE_KEY -> RejectReason.DUPLICATE_KEY;
        };
    return new RowFault(reason, detail(fault));
  }

  private static String detail(JsonFault fault) {
    String said = fault.getMessage();
    return said == null ? "not JSON" : said;
  }

  RejectReason reason() {
    return reason;
  }

  String detail() {
    String said = getMessage();
    return said == null ? reason.word() : said;
  }
}
