package io.pulso.engine.model;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.ExpressionException;
import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Notes;
import io.pulso.engine.yaml.Words;
import io.pulso.engine.yaml.Yaml;
import org.jspecify.annotations.Nullable;

/// Reads the conditions that stand in files.
public final class MatchReader {
  /// Stands for a condition that could not be read, until the faults are thrown.
  static final Expression NONE = new Expression("", new Condition.Constant(false));

  private static final String WANTED = "an expression; put it in single quotes";

  private MatchReader() {}

  /// @param place what the condition belongs to, in warnings
  static @Nullable Expression read(
      Fields fields, String key, boolean subjectOnly, String place, Frame frame) {
    Yaml.Scalar value = fields.scalar(key, WANTED);
    Cel.Scope scope = subjectOnly ? Cel.Scope.SUBJECT : Cel.Scope.EVENT;
    Expression expression = read(fields, key, value, scope, place, frame.warnings());
    if (subjectOnly && value != null && expression != null) {
      Warnings.traits(expression, value.line(), place + Words.quote(key) + ": ", frame);
    }
    return expression;
  }

  /// A condition on events; null, with a fault, where it is wrong or not there.
  ///
  /// @param place what the condition belongs to, in warnings
  public static @Nullable Expression event(
      Fields fields, String key, String place, Notes warnings) {
    return read(fields, key, fields.scalar(key, WANTED), Cel.Scope.EVENT, place, warnings);
  }

  /// A condition on what lists know of a customer or account; null, with a fault, where it is wrong
  /// or not there.
  ///
  /// @param place what the condition belongs to, in warnings
  public static @Nullable Expression ofLists(
      Fields fields, String key, String place, Notes warnings) {
    return read(fields, key, fields.scalar(key, WANTED), Cel.Scope.LIST, place, warnings);
  }

  private static @Nullable Expression read(
      Fields fields,
      String key,
      Yaml.@Nullable Scalar value,
      Cel.Scope scope,
      String place,
      Notes warnings) {
    if (value == null) {
      return null;
    }
    if (value.text().isBlank()) {
      fields.fault(key, Words.quote(key) + " is empty");
      return null;
    }
    try {
      Expression expression = Cel.read(value.text(), scope);
      for (String warning : Cel.warnings(expression)) {
        warnings.add(value.line(), place + Words.quote(key) + ": " + warning);
      }
      return expression;
    } catch (ExpressionException e) {
      fields.fault(key, Words.quote(key) + ": " + e.getMessage() + hint(value));
      return null;
    }
  }

  private static String hint(Yaml.Scalar value) {
    long quotes = value.text().chars().filter(c -> c == '"').count();
    return value.plain() && quotes % 2 == 1
        ? "; if it contains ' #', which begins a comment, put the whole value in single quotes"
        : "";
  }
}
