package io.pulso.server.ingest;

import io.pulso.server.store.RejectReason;
import java.util.List;

/// Rows of delimited text, read by a mapping.
final class CsvDecoder implements Decoder {
  private final RowReader table;
  private final CsvRows rows;
  private final CsvRow row;
  private final int width;

  CsvDecoder(RowReader table, CsvRows rows, List<String> names, List<CsvRow.ColumnType> types) {
    this.table = table;
    this.rows = rows;
    this.row = new CsvRow(rows, names, types);
    this.width = names.size();
  }

  @Override
  public void decode(Slice record, long line, Outlet outlet) {
    if (rows.width() != width) {
      String detail = "the row has " + rows.width() + " fields, the header " + width;
      outlet.reject(line, new RowFault(RejectReason.BAD_ROW, detail), record);
    } else if (record.length() > SegmentDecoder.LARGEST) {
      String detail = "an event may have " + SegmentDecoder.LARGEST + " bytes";
      outlet.reject(line, new RowFault(RejectReason.TOO_LARGE, detail), record);
    } else {
      table.decode(row, () -> record, line, outlet);
    }
  }
}
