package io.pulso.server.ingest;

/// Makes records of the store from the rows of a table.
interface RowReader {
  /// Every call hands the outlet at least one record or fault.
  void decode(Row row, RowText text, long line, Outlet outlet);

  /// The text of a row, made only when it is needed.
  interface RowText {
    Slice text();
  }
}
