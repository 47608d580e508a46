package io.pulso.server.store;

import org.jspecify.annotations.Nullable;

/// Which records the quality rules look at: those of the newest imports, or all.
///
/// @param first the number of the first of these imports; null for all
record JudgedRecords(@Nullable Integer first) {
  static final JudgedRecords ALL = new JudgedRecords(null);

  /// As a condition over events or calls.
  String condition() {
    return first == null ? "TRUE" : "import >= " + first;
  }
}
