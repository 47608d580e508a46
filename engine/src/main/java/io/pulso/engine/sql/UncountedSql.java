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

  private String numeric(Path path) {
    String otherwise = path.equals(VALUE) ? valueOfOtherType() : otherType(path, Uncounted.MISSING);
    String number = operands.typed(path, Scalar.NUMBER);
    return number == null
        ? "CASE %s END".formatted(otherwise)
        : "CASE WHEN %1$s BETWEEN %2$s AND %3$s THEN NULL WHEN NOT (%1$s BETWEEN %4$s AND %5$s) THEN %6$s WHEN %1$s < %2$s THEN %7$s WHEN %1$s > %3$s THEN %8$s %9$s END"
            .formatted(
                number,
                dialect.number(0),
                dialect.number(UnitValue.MOST),
                dialect.number(-Double.MAX_VALUE),
                dialect.number(Double.MAX_VALUE),
                code(Uncounted.NOT_FINITE),
                code(Uncounted.NEGATIVE),
                code(Uncounted.TOO_LARGE),
                otherwise);
  }

  /// The cases of what is no number; `otherwise` where there is nothing at all.
  private String otherType(Path path, Uncounted otherwise) {
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
    when(cases, operands.present(path), Uncounted.OBJECT_OR_ARRAY);
    return cases.append("ELSE ").append(code(otherwise)).toString();
  }

  /// The column of `value` holds numbers alone: what else was there stands in the properties.
  private String valueOfOtherType() {
    StringBuilder cases = new StringBuilder();
    for (String key : VALUE_KEYS) {
      Path path = new Path(Path.Root.PROPERTIES, List.of(new Step.Key(key)));
      cases
          .append("WHEN (")
          .append(columns.flags())
          .append(" & 1) = 1 AND ")
          .append(operands.present(path))
          .append(" THEN CASE ")
          .append(otherType(path, Uncounted.NOT_A_NUMBER))
          .append(" END ");
    }
    when(cases, operands.present(VALUE), Uncounted.NOT_A_NUMBER);
    return cases.append("ELSE ").append(code(Uncounted.MISSING)).toString();
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
