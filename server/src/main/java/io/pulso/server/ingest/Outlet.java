package io.pulso.server.ingest;

import io.pulso.server.store.Incoming;

/// Where decoded records and faults go.
interface Outlet {
  /// The number of the file that is being read.
  int file();

  /// The name of what is being read.
  String fileName();

  void keep(Incoming row);

  void reject(long line, RowFault fault, Slice body);
}
