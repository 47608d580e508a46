package io.pulso.server.ingest;

import io.pulso.server.store.RejectReason;
import java.util.List;

/// JSON objects without a known shape, read by a mapping.
final class RowDecoder implements Decoder {
  private final RowReader table;
  private final MapRow row;
  private final Values values = new Values();

  RowDecoder(RowReader table, List<String> names) {
    this.table = table;
    this.row = new MapRow(names);
  }

  @Override
  public void decode(Slice record, long line, Outlet outlet) {
    try {
      if (record.length() > SegmentDecoder.LARGEST) {
        throw new RowFault(
            RejectReason.TOO_LARGE, "an event may have " + SegmentDecoder.LARGEST + " bytes");
      }
      row.set(values.object(record));
    } catch (RowFault fault) {
      outlet.reject(line, fault, record);
      return;
    }
    table.decode(row, () -> record, line, outlet);
  }
}
