package io.pulso.engine.model;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.ExpressionException;
import io.pulso.engine.yaml.Fields;
import io.pulso.engine.yaml.Words;
import io.pulso.engine.yaml.Yaml;
import org.jspecify.annotations.Nullable;

/// Reads the conditions that stand in a model file.
final class MatchReader {
  /// Stands for a condition that could not be read, until the faults are thrown.
  static final Expression NONE = new Expression("", new Condition.Constant(false));

  private MatchReader() {}

  /// @param place what the condition belongs to, in warnings
  static @Nullable Expression read(
      Fields fields, String key, boolean subjectOnly, String place, Frame frame) {
    Yaml.Scalar value = fields.scalar(key, "an expression; put it in single quotes");
    if (value == null) {
      return null;
    }
    if (value.text().isBlank()) {
      fields.fault(key, Words.quote(key) + " is empty");
      return null;
    }
    try {
      Cel.Scope scope = subjectOnly ? Cel.Scope.SUBJECT : Cel.Scope.EVENT;
      Expression expression = Cel.read(value.text(), scope);
      for (String warning : Cel.warnings(expression)) {
        frame.warnings().add(value.line(), place + Words.quote(key) + ": " + warning);
      }
      if (subjectOnly) {
        Warnings.traits(expression, value.line(), place + Words.quote(key) + ": ", frame);
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
