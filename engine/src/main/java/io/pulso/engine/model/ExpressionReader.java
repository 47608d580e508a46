package io.pulso.engine.model;

import io.pulso.engine.expr.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the conditions of a model file: its `match` and `applies_to` texts.
@FunctionalInterface
public interface ExpressionReader {
  /// Never throws for a wrong text.
  ///
  /// @param subjectOnly whether only `traits` and `account` may be named
  Answer read(String text, boolean subjectOnly);

  /// An expression, or why there is none.
  record Answer(@Nullable Expression expression, @Nullable String fault, List<String> warnings) {
    public Answer {
      warnings = List.copyOf(warnings);
    }

    public static Answer of(Expression expression, List<String> warnings) {
      return new Answer(expression, null, warnings);
    }

    public static Answer wrong(String fault) {
      return new Answer(null, fault, List.of());
    }
  }
}
