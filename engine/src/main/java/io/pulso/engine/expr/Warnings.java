package io.pulso.engine.expr;

import io.pulso.engine.expr.Path.Root;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What is allowed in a condition but probably not meant.
final class Warnings {
  private static final Set<Root> MAY_LACK =
      EnumSet.of(Root.VALUE, Root.PROPERTIES, Root.CONTEXT, Root.TRAITS, Root.ACCOUNT);

  private final Set<String> found = new LinkedHashSet<>();

  private Warnings() {}

  static List<String> of(Condition condition) {
    Warnings warnings = new Warnings();
    warnings.look(condition, false);
    return new ArrayList<>(warnings.found);
  }

  private void look(Condition condition, boolean negated) {
    switch (condition) {
      case Condition.Constant _ -> {}
      case Condition.Not(Condition of) -> look(of, !negated);
      case Condition.And(List<Condition> all) -> all.forEach(part -> look(part, negated));
      case Condition.Or(List<Condition> any) -> any.forEach(part -> look(part, negated));
      case Condition.Has _ -> {}
      case Condition.Compare(_, Operand left, Operand right) -> {
        negation(condition, negated);
        look(left);
        look(right);
        if (left instanceof Operand.NullLiteral || right instanceof Operand.NullLiteral) {
          found.add("a comparison with null is always false; use has(…) or !has(…)");
        }
      }
      case Condition.In(Operand item, Operand list) -> {
        negation(condition, negated);
        look(item);
        inList(item, list);
      }
      case Condition.TextTest(_, Operand text, Operand part) -> {
        negation(condition, negated);
        look(text);
        look(part);
      }
      case Condition.Matches(Operand text, _) -> {
        negation(condition, negated);
        look(text);
      }
      case Condition.IsTrue _ -> negation(condition, negated);
    }
  }

  private void look(Operand operand) {
    if (operand instanceof Operand.Answer(Condition of)) {
      look(of, false);
    }
  }

  private void inList(Operand item, Operand list) {
    if (list instanceof Operand.ListOf(List<Operand> items)) {
      if (items.isEmpty()) {
        found.add("nothing is in an empty list");
      }
      if (items.contains(new Operand.NullLiteral())) {
        found.add("null in a list is never found; use !has(…)");
      }
    }
    if (item instanceof Operand.NullLiteral) {
      found.add("null is in no list; use !has(…)");
    }
  }

  private void negation(Condition condition, boolean negated) {
    if (negated) {
      Paths.of(condition)
          .filter(path -> MAY_LACK.contains(path.root()))
          .map(Names::show)
          .forEach(
              path -> found.add("'!' makes this true where %s is missing, too".formatted(path)));
    }
  }
}
