package io.pulso.engine.sql;

import io.pulso.engine.expr.Path;
import io.pulso.engine.model.Unit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one matched row adds to an activity, as SQL.
public final class UnitSql {
  /// What lies below rounds to nothing. It is kept from the cast, too: DuckDB 1.5 reads `9e-11` as
  /// the decimal 0.001.
  private static final double LEAST = 0.0005;

  private static final double MOST = 1e9;

  private UnitSql() {}

  /// Milli-units as BIGINT, never null: an occurrence is 1000, a number is rounded half away from
  /// zero to 3 decimals by its shortest decimal text. What does not count is 0.
  public static String units(Unit unit, Columns columns, Dialect dialect) {
    return switch (unit) {
      case Unit.Occurrences _, Unit.Distinct _ -> "CAST(1000 AS BIGINT)";
      case Unit.Numeric(Path path) -> {
        String number = typed(path, Scalar.NUMBER, columns, dialect);
        yield number == null
            ? "CAST(0 AS BIGINT)"
            : "CASE WHEN %1$s BETWEEN %2$s AND %3$s THEN CAST(TRY_CAST(CAST(%1$s AS STRING) AS DECIMAL(13, 3)) * 1000 AS BIGINT) ELSE 0 END"
                .formatted(number, dialect.number(LEAST), dialect.number(MOST));
      }
    };
  }

  /// A text that is the same in two rows exactly when type and value are; null where there is no
  /// value or it does not count.
  public static String distinctKey(Unit.Distinct unit, Columns columns, Dialect dialect) {
    List<String> ways = new ArrayList<>();
    for (Scalar type : Scalar.values()) {
      String found = typed(unit.path(), type, columns, dialect);
      if (found != null) {
        ways.add(
            switch (type) {
              case TEXT -> "'s:' || " + found;
              case NUMBER -> "'n:' || CAST(" + found + " + " + dialect.number(0) + " AS STRING)";
              case YES_NO -> "'b:' || CAST(" + found + " AS STRING)";
            });
      }
    }
    return switch (ways.size()) {
      case 0 -> "CAST(NULL AS STRING)";
      case 1 -> ways.getFirst();
      default -> "COALESCE(" + String.join(", ", ways) + ")";
    };
  }

  private static @Nullable String typed(Path path, Scalar type, Columns columns, Dialect dialect) {
    return new OperandSql(columns, dialect, c -> ConditionSql.print(c, columns, dialect))
        .typed(path, type);
  }
}
