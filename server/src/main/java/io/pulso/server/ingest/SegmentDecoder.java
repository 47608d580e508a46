package io.pulso.server.ingest;

import io.pulso.server.store.Incoming;
import io.pulso.server.store.RejectReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Segment calls: one a record, several in a `batch`, or one inside an envelope as its `payload`.
final class SegmentDecoder implements Decoder {
  /// The bound of one event.
  static final int LARGEST = 32 * 1024;

  /// How many times the bound of one event the contexts of a batch may have together.
  private static final int CONTEXTS = 256;

  private final Checks checks;
  private final Ids ids;
  private final int largest;
  private final SegmentReader reader;
  private final Draft draft;

  SegmentDecoder(Times times, Checks checks, Ids ids) {
    this(times, checks, ids, LARGEST);
  }

  /// @param largest the bound of one event in bytes
  SegmentDecoder(Times times, Checks checks, Ids ids, int largest) {
    this.checks = checks;
    this.ids = ids;
    this.largest = largest;
    this.reader = new SegmentReader(times, checks.timing.heedsReceivedAt());
    this.draft = reader.draft;
  }

  @Override
  public void decode(Slice record, long line, Outlet outlet) {
    Slice call = record;
    try {
      reader.read(call);
      if (!reader.isBatch && reader.payload != null && wraps()) {
        call = reader.payload.in(record);
        reader.read(call);
      }
      if (reader.isBatch) {
        batch(call, line, Long.MAX_VALUE, outlet);
      } else {
        outlet.keep(finish(call, line, outlet));
      }
    } catch (RowFault fault) {
      outlet.reject(line, fault, record);
    }
  }

  /// One call whose type is told by the address it came to.
  void call(Slice record, String type, Outlet outlet) {
    call(record, type, 1, outlet);
  }

  void call(Slice record, String type, long line, Outlet outlet) {
    try {
      reader.read(record);
      draft.type = type;
      outlet.keep(finish(record, line, outlet));
    } catch (RowFault fault) {
      outlet.reject(line, fault, record);
    }
  }

  /// The calls of a batch, numbered from 1; a fault of the whole batch is thrown before any of them
  /// goes on.
  ///
  /// @param most how many calls a batch may have
  void batch(Slice record, int most, Outlet outlet) throws RowFault {
    reader.read(record);
    if (!reader.isBatch) {
      throw new RowFault(RejectReason.BAD_JSON, "there is no list named batch");
    }
    int size = reader.items.size();
    if (size > most) {
      throw new RowFault(
          RejectReason.TOO_LARGE, "a batch may have " + most + " events, this has " + size);
    }
    batch(record, 0, (long) CONTEXTS * largest, outlet);
  }

  private boolean wraps() {
    return draft.userId == null && draft.anonymousId == null && draft.event == null;
  }

  /// @param line the line of all calls; 0 where their place in the batch stands for it
  private void batch(Slice record, long line, long room, Outlet outlet) throws RowFault {
    List<Range> ranges = List.copyOf(reader.items);
    if (ranges.isEmpty()) {
      throw new RowFault(RejectReason.BAD_JSON, "the batch is empty");
    }
    long sentAt = checks.timing.batchTellsSentAt() ? draft.sentAt : Draft.NO_TIME;
    String shared = draft.context;
    BatchContext context =
        shared == null ? null : new BatchContext(shared, room, checks.guard.isDeclined(shared));
    int place = 0;
    for (Range range : ranges) {
      place++;
      item(range.in(record), line == 0 ? place : line, context, sentAt, outlet);
    }
  }

  private void item(
      Slice part, long line, @Nullable BatchContext context, long sentAt, Outlet outlet) {
    try {
      reader.read(part);
      if (context != null) {
        context.under(draft);
      }
      if (draft.sentAt == Draft.NO_TIME) {
        draft.sentAt = sentAt;
      }
      outlet.keep(finish(part, line, outlet));
    } catch (RowFault fault) {
      boolean declined = context != null && context.isDeclined();
      outlet.reject(line, declined ? Consent.fault() : fault, part);
    }
  }

  private Incoming finish(Slice record, long line, Outlet outlet) throws RowFault {
    if (record.length() > largest) {
      throw new RowFault(
          RejectReason.TOO_LARGE,
          "an event may have " + largest + " bytes, this has " + record.length());
    }
    checks.timing.complete(draft);
    if (draft.messageId == null) {
      draft.messageId = ids.next(record);
    }
    return checks.check(draft, outlet.file(), line);
  }
}
