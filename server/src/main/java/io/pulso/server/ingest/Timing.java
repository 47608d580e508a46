package io.pulso.server.ingest;

import io.pulso.server.store.RejectReason;
import java.time.Instant;

/// Decides from the times that a record tells when it occurred and was received.
sealed interface Timing {
  /// How far a clock may be ahead.
  long AHEAD = 5L * 60 * 1_000_000;

  /// The instant at which it is read.
  long now();

  /// Whether the record itself tells when it was received.
  boolean heedsReceivedAt();

  /// Whether the sending time of a batch holds for the calls in it.
  boolean batchTellsSentAt();

  /// Gives a call that may do without a time one.
  void complete(Draft draft);

  /// Sets the times that stand, or says why there are none.
  void settle(Draft draft) throws RowFault;

  /// Records of a file stand as they are; they cannot lie in the future.
  record OfFile(long now) implements Timing {
    @Override
    public boolean heedsReceivedAt() {
      return true;
    }

    @Override
    public boolean batchTellsSentAt() {
      return false;
    }

    @Override
    public void complete(Draft draft) {
      if (draft.occurredAt == Draft.NO_TIME) {
        draft.occurredAt = draft.originalAt != Draft.NO_TIME ? draft.originalAt : received(draft);
      }
    }

    private long received(Draft draft) {
      if (draft.receivedAt != Draft.NO_TIME) {
        return draft.receivedAt;
      }
      return draft.sentAt != Draft.NO_TIME ? draft.sentAt : now;
    }

    @Override
    public void settle(Draft draft) throws RowFault {
      if (draft.occurredAt == Draft.NO_TIME) {
        throw new RowFault(RejectReason.BAD_TIMESTAMP, "there is no time");
      }
      past(draft.occurredAt, "the time");
      if (draft.receivedAt != Draft.NO_TIME) {
        past(draft.receivedAt, "the time of receipt");
      }
    }

    private void past(long micros, String what) throws RowFault {
      if (micros > now + AHEAD) {
        throw new RowFault(RejectReason.FUTURE, what + " lies in the future: " + shown(micros));
      }
    }
  }

  /// Records of a request are put right by the time at which they were sent, as far as the sender's
  /// clock tells it.
  record OfRequest(long now) implements Timing {
    /// The beginning of the year 1.
    private static final long FIRST = -62_135_596_800L * 1_000_000;

    @Override
    public boolean heedsReceivedAt() {
      return false;
    }

    @Override
    public boolean batchTellsSentAt() {
      return true;
    }

    @Override
    public void complete(Draft draft) {}

    @Override
    public void settle(Draft draft) throws RowFault {
      long told = draft.originalAt != Draft.NO_TIME ? draft.originalAt : draft.occurredAt;
      long at = told == Draft.NO_TIME ? now : told;
      if (told != Draft.NO_TIME && draft.sentAt != Draft.NO_TIME) {
        at = now - (draft.sentAt - told);
      }
      if (at < FIRST) {
        throw new RowFault(RejectReason.BAD_TIMESTAMP, "the time lies before the year 1");
      }
      draft.timeFixed = at > now + AHEAD;
      draft.occurredAt = draft.timeFixed ? now : at;
      draft.receivedAt = now;
    }
  }

  private static String shown(long micros) {
    return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L)).toString();
  }
}
