package io.pulso.server.ingest;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The records of a text file, one after another, each a part of a byte array.
interface Records {
  /// Moves to the next record; false at the end.
  boolean next() throws IOException;

  /// The line on which the record begins, from 1.
  long line();

  /// What is wrong with the record as a whole; null when nothing is.
  @Nullable RowFault fault();

  /// The bytes of the record; the first of them when it is too long.
  Slice record();
}
