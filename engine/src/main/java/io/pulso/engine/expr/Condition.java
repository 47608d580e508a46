package io.pulso.engine.expr;

import com.google.re2j.Pattern;
import java.util.List;

/// A two-valued question about one event: it is true or false, never unknown. A comparison, `in` or
/// function with a missing, null or wrong-type operand is false; `!`, `&&` and `||` apply to that.
public sealed interface Condition {
  /// `true` or `false`.
  record Constant(boolean value) implements Condition {}

  record Not(Condition of) implements Condition {}

  record And(List<Condition> all) implements Condition {
    public And {
      all = List.copyOf(all);
    }
  }

  record Or(List<Condition> any) implements Condition {
    public Or {
      any = List.copyOf(any);
    }
  }

  /// Numbers compare as doubles, texts by code point, booleans only for equality; operands of
  /// different types make it false, for `!=` too.
  record Compare(Comparison how, Operand left, Operand right) implements Condition {}

  /// `item in list`: the list is a literal, a JSON array, or an object whose keys are meant.
  record In(Operand item, Operand list) implements Condition {}

  /// Present and not null.
  record Has(Path path) implements Condition {}

  record TextTest(Test test, Operand text, Operand part) implements Condition {}

  /// The RE2 pattern is found somewhere in the text.
  record Matches(Operand text, Pattern pattern) implements Condition {}

  /// A place used as a question: true only where it holds the boolean `true`.
  record IsTrue(Path path) implements Condition {}

  enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST
  }

  enum Test {
    STARTS_WITH,
    ENDS_WITH,
    CONTAINS
  }
}
