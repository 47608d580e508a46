package io.pulso.engine.model;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Operand;
import io.pulso.engine.expr.Path;
import java.util.List;
import java.util.function.Consumer;

/// The smallest questions that a condition is made of.
final class Atoms {
  private Atoms() {}

  static void each(Condition condition, Consumer<Condition> seen) {
    switch (condition) {
      case Condition.Not not -> each(not.of(), seen);
      case Condition.And and -> and.all().forEach(part -> each(part, seen));
      case Condition.Or or -> or.any().forEach(part -> each(part, seen));
      case Condition atom -> {
        seen.accept(atom);
        operands(atom).forEach(operand -> nested(operand, seen));
      }
    }
  }

  private static void nested(Operand operand, Consumer<Condition> seen) {
    switch (operand) {
      case Operand.Answer answer -> each(answer.of(), seen);
      case Operand.Size size -> nested(size.of(), seen);
      case Operand other -> {}
    }
  }

  static List<Operand> operands(Condition atom) {
    return switch (atom) {
      case Condition.Compare compare -> List.of(compare.left(), compare.right());
      case Condition.In in -> List.of(in.item(), in.list());
      case Condition.Has has -> List.of(has.path());
      case Condition.IsTrue is -> List.of(is.path());
      case Condition.TextTest test -> List.of(test.text(), test.part());
      case Condition.Matches matches -> List.of(matches.text());
      case Condition.Constant constant -> List.of();
      case Condition.Not not -> List.of();
      case Condition.And and -> List.of();
      case Condition.Or or -> List.of();
    };
  }

  /// Whether the condition asks about something under a root.
  static boolean speaksOf(Condition condition, Path.Root root) {
    boolean[] found = {false};
    each(condition, atom -> operands(atom).forEach(o -> found[0] |= isUnder(o, root)));
    return found[0];
  }

  private static boolean isUnder(Operand operand, Path.Root root) {
    return switch (operand) {
      case Path path -> path.root() == root;
      case Operand.Size size -> isUnder(size.of(), root);
      case Operand other -> false;
    };
  }
}
