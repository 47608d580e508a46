package io.pulso.server.ingest;

import io.pulso.server.store.RejectReason;

/// JSON objects of another product's export.
final class ObjectDecoder implements Decoder {
  private final Shape shape;
  private final Times times;
  private final Checks checks;
  private final Ids ids;
  private final Values values = new Values();
  private final Draft draft = new Draft();

  ObjectDecoder(Shape shape, Times times, Checks checks, Ids ids) {
    this.shape = shape;
    this.times = times;
    this.checks = checks;
    this.ids = ids;
  }

  @Override
  public void decode(Slice record, long line, Outlet outlet) {
    draft.clear();
    try {
      if (record.length() > SegmentDecoder.LARGEST) {
        throw new RowFault(
            RejectReason.TOO_LARGE, "an event may have " + SegmentDecoder.LARGEST + " bytes");
      }
      shape.fill(values.object(record), draft, times);
      if (draft.messageId == null) {
        draft.messageId = ids.next(record);
      }
      outlet.keep(checks.check(draft, outlet.file(), line));
    } catch (RowFault fault) {
      outlet.reject(line, fault, record);
    }
  }
}
