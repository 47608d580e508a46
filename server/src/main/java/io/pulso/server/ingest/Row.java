package io.pulso.server.ingest;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One row of a table, its values by the number of their column.
interface Row {
  boolean isEmpty(int column);

  /// A text; null when the cell is empty. Numbers give their plain text.
  @Nullable String text(int column);

  /// An id; null when the cell is empty.
  @Nullable String id(int column) throws RowFault;

  long time(int column, Times times) throws RowFault;

  /// The number that [#write] writes, NaN where it writes something else.
  double number(int column);

  /// Writes the value of a cell that is not empty.
  void write(int column, JsonBytes out);

  /// The values for expressions.
  Map<String, ?> values();

  /// The columns that only this row has; empty where all rows have the same.
  default Map<String, Object> more() {
    return Map.of();
  }
}
