package io.pulso.engine.sql;

import io.pulso.engine.expr.Path;
import io.pulso.engine.model.Unit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What stands at places of an event, as SQL.
final class EventValues {
  /// What lies below rounds to nothing; see [UnitSql].
  private static final double LEAST = 0.0005;

  private static final double MOST = 1e9;

  private final Columns columns;
  private final Dialect dialect;

  EventValues(Columns columns, Dialect dialect) {
    this.columns = columns;
    this.dialect = dialect;
  }

  /// As [#key], at the first of some places where something stands.
  String first(List<Path> paths) {
    return paths.size() == 1
        ? key(paths.getFirst())
        : paths.stream().map(this::key).collect(Collectors.joining(", ", "COALESCE(", ")"));
  }

  /// A text that is the same in two events exactly when type and value are.
  String key(Path path) {
    return UnitSql.distinctKey(new Unit.Distinct(path), columns, dialect);
  }

  /// The number at a place in thousandths, rounded half away from zero by its shortest decimal
  /// text; null where there is none or it is beyond a thousand million.
  String milli(Path path) {
    String number = number(path);
    return number == null
        ? "CAST(NULL AS BIGINT)"
        : "CASE WHEN abs(%1$s) < %2$s THEN CAST(0 AS BIGINT) WHEN abs(%1$s) <= %3$s THEN CAST(TRY_CAST(CAST(%1$s AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) END"
            .formatted(number, dialect.number(LEAST), dialect.number(MOST));
  }

  private @Nullable String number(Path path) {
    return new OperandSql(columns, dialect, c -> ConditionSql.print(c, columns, dialect))
        .typed(path, Scalar.NUMBER);
  }

  /// The message id as text.
  String message() {
    return "COALESCE(e.message_text, CAST(e.message AS STRING))";
  }
}
