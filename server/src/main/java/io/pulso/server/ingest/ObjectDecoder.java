package io.pulso.server.ingest;

import io.pulso.server.store.RejectReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON objects as another product writes them.
final class ObjectDecoder implements Decoder {
  private final Shape shape;
  private final Times times;
  private final Checks checks;
  private final Ids ids;
  private final int largest;
  private final Values values = new Values();
  private final Draft draft = new Draft();

  ObjectDecoder(Shape shape, Times times, Checks checks, Ids ids) {
    this(shape, times, checks, ids, SegmentDecoder.LARGEST);
  }

  /// @param largest the bound of one event in bytes
  ObjectDecoder(Shape shape, Times times, Checks checks, Ids ids, int largest) {
    this.shape = shape;
    this.times = times;
    this.checks = checks;
    this.ids = ids;
    this.largest = largest;
  }

  @Override
  public void decode(Slice record, long line, Outlet outlet) {
    try {
      bounded(record);
      decode(values.object(record), record, line, outlet);
    } catch (RowFault fault) {
      outlet.reject(line, fault, record);
    }
  }

  /// An object whose fields are read already.
  ///
  /// @param record what it came from
  void decode(Map<String, @Nullable Object> fields, Slice record, long line, Outlet outlet) {
    draft.clear();
    try {
      bounded(record);
      shape.fill(fields, draft, times);
      if (draft.messageId == null) {
        draft.messageId = ids.next(record);
      }
      outlet.keep(checks.check(draft, outlet.file(), line));
    } catch (RowFault fault) {
      outlet.reject(line, fault, record);
    }
  }

  private void bounded(Slice record) throws RowFault {
    if (record.length() > largest) {
      throw new RowFault(RejectReason.TOO_LARGE, "an event may have " + largest + " bytes");
    }
  }
}
