package io.pulso.server.store;

import org.jspecify.annotations.Nullable;

/// Where the derived tables stand and which records they are made of: the store's own tables from
/// all records, or temporary ones beside them from what was known at an earlier instant.
///
/// @param prefix of the names of the derived tables; empty for the store's own
/// @param knownAt only records received by then count, in microseconds; null for all
record Tables(String prefix, @Nullable Long knownAt) {
  static final Tables NOW = new Tables("", null);

  /// The name of a derived table.
  String name(String table) {
    return prefix + table;
  }

  /// The catalog of the derived tables; null for the store's own.
  @Nullable String catalog() {
    return prefix.isEmpty() ? null : "temp";
  }

  /// A condition, to be added with AND, that keeps the records that count.
  String known() {
    return knownAt == null
        ? ""
        : "AND COALESCE(received_at, occurred_at) <= make_timestamptz(" + knownAt + ")";
  }
}
