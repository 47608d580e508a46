package io.pulso.engine.segment;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Texts;

/// Customers, or accounts, that belong together.
///
/// @param name by which it is asked
/// @param description what it is for, in a sentence
public record Segment(
    String name, Texts title, Texts description, Model.Subject of, Members members) {
  /// How its members are told.
  public sealed interface Members {}

  /// Those for whom a condition holds on the day.
  public record Rule(Expression when) implements Members {}

  /// Those that were put on its list, from then on until they are taken off it.
  public record Listed() implements Members {}
}
