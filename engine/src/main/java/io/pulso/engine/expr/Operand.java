package io.pulso.engine.expr;

import java.util.List;

/// What a condition compares. An operand may have no value (missing, null, wrong type); a condition
/// over it is then false.
public sealed interface Operand
    permits Path,
        Operand.Str,
        Operand.Num,
        Operand.Bool,
        Operand.NullLiteral,
        Operand.ListOf,
        Operand.Size,
        Operand.Answer {
  record Str(String value) implements Operand {}

  record Num(double value) implements Operand {}

  record Bool(boolean value) implements Operand {}

  /// The literal `null`, which has no value.
  record NullLiteral() implements Operand {}

  /// A list of literals.
  record ListOf(List<Operand> items) implements Operand {
    public ListOf {
      items = List.copyOf(items);
    }
  }

  /// The number of code points of a text, items of a list or fields of an object.
  record Size(Operand of) implements Operand {}

  /// The answer of a condition, as in `(a == b) == true`.
  record Answer(Condition of) implements Operand {}
}
