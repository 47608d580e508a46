package io.pulso.engine.sql;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Every;
import org.jspecify.annotations.Nullable;

/// The columns of a period and part by which is counted, and of what is drawn for an interval.
/// Texts are slow to compare: where there is one part it is not among them. Nor is the only period
/// beside what is drawn: numbers alone are found in an array.
///
/// @param only the only period where it is left out
record PlaceSql(boolean parts, boolean drawn, @Nullable Integer only) {
  /// Where nothing is drawn.
  ///
  /// @param by what the parts are told by; null for one part
  static PlaceSql of(@Nullable Path by) {
    return new PlaceSql(by != null, false, null);
  }

  static PlaceSql of(FactSql.Question question, boolean drawn) {
    boolean parts = question.by() != null;
    return new PlaceSql(
        parts,
        drawn,
        drawn && !parts && question.every() == Every.WHOLE
            ? question.periods().getFirst().first()
            : null);
  }

  /// What is counted apart.
  String keys() {
    String places = parts ? "period, part" : "period";
    return only != null ? "drawn" : drawn ? places + ", drawn" : places;
  }

  /// The same as columns of an answer.
  String told() {
    String period = only != null ? only + " AS period" : "period";
    String place = parts ? "period, part" : period + ", CAST(NULL AS STRING) AS part";
    return drawn ? place + ", drawn" : place;
  }
}
