package io.pulso.engine.sql;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Condition.Comparison;
import io.pulso.engine.expr.Operand;
import io.pulso.engine.expr.Path;
import io.pulso.engine.expr.Path.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A condition as a boolean SQL expression that is never null.
///
/// Inside, null stands for false: AND and OR keep the difference harmless, and what stands under
/// NOT is made false first.
public final class ConditionSql {
  private final Dialect dialect;
  private final OperandSql operands;

  private ConditionSql(Columns columns, Dialect dialect) {
    this.dialect = dialect;
    this.operands = new OperandSql(columns, dialect, this::exact);
  }

  public static String print(Condition condition, Columns columns, Dialect dialect) {
    return new ConditionSql(columns, dialect).exact(condition);
  }

  /// Never null.
  private String exact(Condition condition) {
    return switch (condition) {
      case Condition.Constant(boolean value) -> value ? "TRUE" : "FALSE";
      case Condition.Not(Condition of) -> "NOT " + exact(of);
      case Condition.And _,
          Condition.Or _,
          Condition.Compare _,
          Condition.In _,
          Condition.Has _,
          Condition.TextTest _,
          Condition.Matches _,
          Condition.IsTrue _ ->
          "COALESCE(" + truth(condition) + ", FALSE)";
    };
  }

  /// True where the condition is true; else false or null.
  private String truth(Condition condition) {
    return switch (condition) {
      case Condition.Constant _, Condition.Not _ -> exact(condition);
      case Condition.And(List<Condition> all) -> join(all, " AND ", "TRUE");
      case Condition.Or(List<Condition> any) -> join(any, " OR ", "FALSE");
      case Condition.Compare(Comparison how, Operand left, Operand right) ->
          compare(how, left, right);
      case Condition.In(Operand item, Operand list) -> in(item, list);
      case Condition.Has(Path path) -> operands.present(path);
      case Condition.TextTest(Condition.Test test, Operand text, Operand part) -> {
        String whole = operands.typed(text, Scalar.TEXT);
        String piece = operands.typed(part, Scalar.TEXT);
        yield whole == null || piece == null ? "FALSE" : dialect.textTest(test, whole, piece);
      }
      case Condition.Matches(Operand text, var pattern) -> {
        String whole = operands.typed(text, Scalar.TEXT);
        yield whole == null ? "FALSE" : dialect.matches(whole, pattern);
      }
      case Condition.IsTrue(Path path) ->
          Objects.requireNonNullElse(operands.typed(path, Scalar.YES_NO), "FALSE");
    };
  }

  private String join(List<Condition> parts, String word, String none) {
    if (parts.isEmpty()) {
      return none;
    }
    return parts.stream()
        .map(part ->
            part instanceof Condition.And || part instanceof Condition.Or
                ? "(" + truth(part) + ")"
                : truth(part))
        .collect(Collectors.joining(word));
  }

  private String compare(Comparison how, Operand left, Operand right) {
    List<String> ways = new ArrayList<>();
    for (Scalar type : Scalar.values()) {
      String a = operands.typed(left, type);
      String b = operands.typed(right, type);
      boolean ordered = how != Comparison.EQUAL && how != Comparison.NOT_EQUAL;
      if (a != null && b != null && !(ordered && type == Scalar.YES_NO)) {
        ways.add(a + sign(how) + b);
      }
    }
    return any(ways);
  }

  private static String sign(Comparison how) {
    return switch (how) {
      case EQUAL -> " = ";
      case NOT_EQUAL -> " <> ";
      case LESS -> " < ";
      case AT_MOST -> " <= ";
      case GREATER -> " > ";
      case AT_LEAST -> " >= ";
    };
  }

  private String in(Operand item, Operand list) {
    return switch (list) {
      case Operand.ListOf(List<Operand> items) -> any(inLiterals(item, items));
      case Path path -> inPlace(item, path);
      case Operand.Str _,
          Operand.Num _,
          Operand.Bool _,
          Operand.NullLiteral _,
          Operand.Size _,
          Operand.Answer _ ->
          "FALSE";
    };
  }

  private List<String> inLiterals(Operand item, List<Operand> items) {
    List<String> ways = new ArrayList<>();
    for (Scalar type : Scalar.values()) {
      String one = operands.typed(item, type);
      List<String> others =
          items.stream()
              .map(each -> operands.typed(each, type))
              .<String>mapMulti((sql, out) -> accept(sql, out))
              .toList();
      if (one != null && !others.isEmpty()) {
        ways.add(one + " IN (" + String.join(", ", others) + ")");
      }
    }
    return ways;
  }

  private static void accept(@Nullable String sql, Consumer<String> out) {
    if (sql != null) {
      out.accept(sql);
    }
  }

  private String inPlace(Operand item, Path path) {
    String json = operands.json(path);
    if (json == null) {
      return "FALSE";
    }
    List<String> ways = new ArrayList<>();
    for (Scalar type : Scalar.values()) {
      String one = operands.typed(item, type);
      if (one != null && !path.steps().isEmpty()) {
        ways.add(dialect.holds(json, path.steps(), type, one));
      }
    }
    if (item instanceof Operand.Str(String key)) {
      ways.add(dialect.present(json, under(path, key)));
    } else {
      String key = operands.typed(item, Scalar.TEXT);
      if (key != null) {
        ways.add(dialect.hasKey(json, path.steps(), key));
      }
    }
    return any(ways);
  }

  private static List<Step> under(Path path, String key) {
    return Stream.concat(path.steps().stream(), Stream.of(new Step.Key(key))).toList();
  }

  private static String any(List<String> ways) {
    return switch (ways.size()) {
      case 0 -> "FALSE";
      case 1 -> ways.getFirst();
      default -> "(" + String.join(" OR ", ways) + ")";
    };
  }
}
