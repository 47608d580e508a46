package io.pulso.engine.sql;

import io.pulso.engine.expr.Path;
import org.jspecify.annotations.Nullable;

/// The columns of a period and part, by which is counted. Texts are slow to compare: where there is
/// one part it is not among them.
record PlaceSql(boolean parts) {
  /// @param by what the parts are told by; null for one part
  static PlaceSql of(@Nullable Path by) {
    return new PlaceSql(by != null);
  }

  /// What is counted apart.
  String keys() {
    return parts ? "period, part" : "period";
  }

  /// The same as columns of an answer.
  String told() {
    return parts ? keys() : "period, CAST(NULL AS STRING) AS part";
  }
}
