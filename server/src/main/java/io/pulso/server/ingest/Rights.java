package io.pulso.server.ingest;

import io.pulso.engine.event.EventType;
import io.pulso.server.store.RejectReason;
import java.util.Set;

/// What a sender may send.
sealed interface Rights {
  Rights ALL = new Server();

  /// Refuses a draft whose times are settled.
  void check(Draft draft, EventType type) throws RowFault;

  /// Files and keys that are kept secret may send everything.
  record Server() implements Rights {
    @Override
    public void check(Draft draft, EventType type) {}
  }

  /// Keys that everybody can read in a page's source.
  ///
  /// @param refused names of events that they may not send
  record Browser(Set<String> refused) implements Rights {
    private static final long OLDEST = 7L * 24 * 3_600 * 1_000_000;

    @Override
    public void check(Draft draft, EventType type) throws RowFault {
      if (type == EventType.ALIAS) {
        throw new RowFault(RejectReason.FORBIDDEN, "a browser key may not send alias calls");
      }
      if (draft.event != null && refused.contains(draft.event)) {
        throw new RowFault(
            RejectReason.FORBIDDEN, "a browser key may not send '" + draft.event + "'");
      }
      if (draft.occurredAt < draft.receivedAt - OLDEST) {
        throw new RowFault(
            RejectReason.BACKDATED, "a browser key may not send what is older than 7 days");
      }
    }
  }
}
