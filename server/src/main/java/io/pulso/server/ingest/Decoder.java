package io.pulso.server.ingest;

/// Makes records of the store from the records of a file.
interface Decoder {
  /// Every call hands the outlet at least one record or fault.
  void decode(Slice record, long line, Outlet outlet);
}
