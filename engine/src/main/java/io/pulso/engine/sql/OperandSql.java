package io.pulso.engine.sql;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Operand;
import io.pulso.engine.expr.Path;
import io.pulso.engine.expr.Path.Step;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Operands as SQL of one type, which is null in every row where they have no value of that type.
final class OperandSql {
  private static final Path VALUE = new Path(Path.Root.VALUE, List.of());
  private static final Path SOURCE = new Path(Path.Root.SOURCE, List.of());

  private final Columns columns;
  private final Dialect dialect;
  private final Function<Condition, String> answer;

  /// @param answer how a condition is printed so that it is never null
  OperandSql(Columns columns, Dialect dialect, Function<Condition, String> answer) {
    this.columns = columns;
    this.dialect = dialect;
    this.answer = answer;
  }

  /// Null when the operand can never have a value of that type.
  @Nullable String typed(Operand operand, Scalar type) {
    return switch (operand) {
      case Path path -> place(path, type);
      case Operand.Str(String value) -> type == Scalar.TEXT ? dialect.text(value) : null;
      case Operand.Num(double value) -> type == Scalar.NUMBER ? dialect.number(value) : null;
      case Operand.Bool(boolean value) -> type == Scalar.YES_NO ? (value ? "TRUE" : "FALSE") : null;
      case Operand.Size(Operand of) -> type == Scalar.NUMBER ? size(of) : null;
      case Operand.Answer(Condition of) ->
          type == Scalar.YES_NO ? "(" + answer.apply(of) + ")" : null;
      case Operand.NullLiteral _, Operand.ListOf _ -> null;
    };
  }

  private @Nullable String place(Path path, Scalar type) {
    String json = json(path);
    if (json != null) {
      return path.steps().isEmpty() ? null : dialect.scalar(json, path.steps(), type);
    }
    return type == type(path) ? column(path) : null;
  }

  /// The type of a place outside JSON, null when there is none.
  private static @Nullable Scalar type(Path path) {
    return switch (path.root()) {
      case EVENT, NAME, TYPE, CHANNEL -> path.steps().isEmpty() ? Scalar.TEXT : null;
      case VALUE -> path.steps().isEmpty() ? Scalar.NUMBER : null;
      case SOURCE ->
          path.steps().equals(List.of(new Step.Key("name")))
              ? Scalar.TEXT
              : path.steps().equals(List.of(new Step.Key("trusted"))) ? Scalar.YES_NO : null;
      case PROPERTIES, CONTEXT, TRAITS, ACCOUNT, STANDING -> null;
    };
  }

  private String column(Path path) {
    return switch (path.root()) {
      case EVENT -> columns.event();
      case NAME -> columns.name();
      case TYPE -> columns.type();
      case CHANNEL -> columns.channel();
      case VALUE -> columns.value();
      case PROPERTIES -> columns.properties();
      case CONTEXT -> columns.context();
      case TRAITS -> columns.traits();
      case ACCOUNT -> columns.account();
      case SOURCE -> type(path) == Scalar.YES_NO ? columns.trusted() : columns.source();
      case STANDING -> throw new IllegalArgumentException("a standing is in no column");
    };
  }

  /// The column of a place that lies in JSON, else null.
  @Nullable String json(Path path) {
    return switch (path.root()) {
      case PROPERTIES, CONTEXT, TRAITS, ACCOUNT -> column(path);
      case EVENT, NAME, TYPE, CHANNEL, VALUE, SOURCE, STANDING -> null;
    };
  }

  /// True where something stands at a place; else false or null.
  String present(Path path) {
    String json = json(path);
    if (json != null) {
      return path.steps().isEmpty() ? json + " <> '{}'" : dialect.present(json, path.steps());
    }
    if (path.equals(VALUE)) {
      return "(%s IS NOT NULL OR (%s & 1) = 1)".formatted(columns.value(), columns.flags());
    }
    if (path.equals(SOURCE)) {
      return "TRUE";
    }
    return type(path) == null ? "FALSE" : column(path) + " IS NOT NULL";
  }

  private @Nullable String size(Operand of) {
    if (of instanceof Path path) {
      String json = json(path);
      if (json != null) {
        String size = dialect.size(json, path.steps());
        return path.steps().isEmpty() ? "COALESCE(" + size + ", 0)" : size;
      }
    }
    String text = typed(of, Scalar.TEXT);
    return text == null ? null : "length(" + text + ")";
  }
}
