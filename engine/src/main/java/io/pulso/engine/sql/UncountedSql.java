package io.pulso.engine.sql;

import io.pulso.engine.expr.Path;
import io.pulso.engine.expr.Path.Step;
import io.pulso.engine.model.Unit;
import io.pulso.engine.score.Uncounted;
import io.pulso.engine.score.UnitValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why what one matched row holds adds nothing to an activity, as SQL.
public final class UncountedSql {
  private static final String NONE = "CAST(NULL AS STRING)";
  private static final Path VALUE = new Path(Path.Root.VALUE, List.of());

  /// Where `value` comes from: the first of these that is there.
  private static final List<String> VALUE_KEYS = List.of("value", "revenue", "total");

  private final OperandSql operands;
  private final Columns columns;
  private final Dialect dialect;

  private UncountedSql(Columns columns, Dialect dialect) {
    this.operands = new OperandSql(columns, dialect, c -> ConditionSql.print(c, columns, dialect));
    this.columns = columns;
    this.dialect = dialect;
  }

  /// The code of an [Uncounted]; null where the row counts, and where a distinct value is missing.
  public static String print(Unit unit, Columns columns, Dialect dialect) {
    UncountedSql printer = new UncountedSql(columns, dialect);
    return switch (unit) {
      case Unit.Occurrences _ -> NONE;
      case Unit.Numeric(Path path) -> printer.numeric(path);
      case Unit.Distinct distinct -> printer.distinct(distinct);
    };
  }

  /// What counts comes first, then what is missing: most rows are one of these, and each further
  /// case may read the JSON again.
  private String numeric(Path path) {
    StringBuilder cases = new StringBuilder("CASE ");
    String number = operands.typed(path, Scalar.NUMBER);
    if (number != null) {
      cases.append("WHEN ").append(between(number, 0, UnitValue.MOST)).append(" THEN NULL ");
    }
    when(cases, "(" + operands.present(path) + ") IS NOT TRUE", Uncounted.MISSING);
    if (number != null) {
      String finite = between(number, -Double.MAX_VALUE, Double.MAX_VALUE);
      when(cases, "NOT (" + finite + ")", Uncounted.NOT_FINITE);
      when(cases, number + " < " + dialect.number(0), Uncounted.NEGATIVE);
      when(cases, number + " > " + dialect.number(UnitValue.MOST), Uncounted.TOO_LARGE);
    }
    return cases
        .append(path.equals(VALUE) ? otherValue() : otherType(path))
        .append("END")
        .toString();
  }

  private String between(String number, double least, double most) {
    return "%s BETWEEN %s AND %s".formatted(number, dialect.number(least), dialect.number(most));
  }

  /// The cases of what is there and is no number.
  private String otherType(Path path) {
    StringBuilder cases = new StringBuilder();
    String text = operands.typed(path, Scalar.TEXT);
    if (text != null) {
      when(cases, dialect.matches(text, UnitValue.QUOTED), Uncounted.QUOTED_NUMBER);
      when(cases, text + " IS NOT NULL", Uncounted.NOT_A_NUMBER);
    }
    String yesNo = operands.typed(path, Scalar.YES_NO);
    if (yesNo != null) {
      when(cases, yesNo + " IS NOT NULL", Uncounted.BOOLEAN);
    }
    return cases.append("ELSE ").append(code(Uncounted.OBJECT_OR_ARRAY)).append(' ').toString();
  }

  /// The column of `value` holds numbers alone: what else was there stands in the properties.
  private String otherValue() {
    StringBuilder cases = new StringBuilder();
    for (String key : VALUE_KEYS) {
      Path path = new Path(Path.Root.PROPERTIES, List.of(new Step.Key(key)));
      cases.append("WHEN ").append(operands.present(path));
      cases.append(" THEN CASE ").append(otherType(path)).append("END ");
    }
    return cases.append("ELSE ").append(code(Uncounted.NOT_A_NUMBER)).append(' ').toString();
  }

  private String distinct(Unit.Distinct unit) {
    @Nullable String json = operands.json(unit.path());
    return json == null
        ? NONE
        : "CASE WHEN %s IS NULL AND %s THEN %s END"
            .formatted(
                UnitSql.distinctKey(unit, columns, dialect),
                operands.present(unit.path()),
                code(Uncounted.OBJECT_OR_ARRAY));
  }

  private void when(StringBuilder cases, String condition, Uncounted reason) {
    cases.append("WHEN ").append(condition).append(" THEN ").append(code(reason)).append(' ');
  }

  private String code(Uncounted reason) {
    return dialect.text(reason.code());
  }
}
