package io.pulso.server.ingest;

/// Where a part of a record comes from.
sealed interface Source {
  /// As people wrote it.
  String text();

  /// The cell of a column.
  record Column(int index, String text) implements Source {}

  /// An expression over the row.
  record Computed(Formula formula, String text) implements Source {}

  /// The same for all rows.
  record Constant(Object value, String text) implements Source {}
}
