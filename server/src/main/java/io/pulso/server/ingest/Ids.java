package io.pulso.server.ingest;

/// Makes the ids of records that bring none.
interface Ids {
  String next(Slice text);
}
