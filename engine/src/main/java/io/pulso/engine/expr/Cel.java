package io.pulso.engine.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import java.util.List;

/// The product's expression language: a part of CEL, read into a [Condition].
public final class Cel {
  /// What an expression may speak of.
  public enum Scope {
    /// One event and the traits that held at it.
    EVENT,
    /// The traits of a subject and of its account.
    SUBJECT,
    /// As SUBJECT, and what is known of the subject on the day: score, band, what it did.
    LIST
  }

  private Cel() {}

  /// Reads an expression, or throws [ExpressionException].
  public static Expression read(String text, Scope scope) {
    Source source = new Source(text);
    try {
      CelAbstractSyntaxTree tree = Syntax.parse(source);
      return new Expression(text, new Reader(source, tree, scope).condition(tree.getExpr()));
    } catch (StackOverflowError _) {
      throw source.fault(0, Syntax.TOO_DEEP);
    }
  }

  /// What is allowed but probably not meant, in words.
  public static List<String> warnings(Expression expression) {
    return Warnings.of(expression.condition());
  }
}
