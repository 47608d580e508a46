package io.pulso.engine.expr;

import io.pulso.engine.expr.Path.Root;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What a condition asks of the names of events: `event`, `name` and `type`.
public final class ConditionNames {
  private static final Set<Root> NAMES = EnumSet.of(Root.EVENT, Root.NAME, Root.TYPE);
  private static final Condition TRUE = new Condition.Constant(true);
  private static final Condition FALSE = new Condition.Constant(false);

  private ConditionNames() {}

  /// A weaker condition over names alone: true wherever the condition itself is true.
  public static Condition guard(Condition condition) {
    return guard(condition, true);
  }

  /// Whether the condition reads names and nothing else.
  public static boolean onlyNames(Condition condition) {
    return Paths.of(condition).allMatch(path -> NAMES.contains(path.root()));
  }

  /// Whether the condition reads anything under a root.
  public static boolean reads(Condition condition, Root root) {
    return Paths.of(condition).anyMatch(path -> path.root() == root);
  }

  /// Whether the condition reads the value of a key of an object, in whatever case it is written.
  public static boolean readsKey(Condition condition, Root root, String key) {
    return Paths.of(condition)
        .filter(path -> path.root() == root && !path.steps().isEmpty())
        .anyMatch(path ->
            path.steps().getFirst() instanceof Path.Step.Key(String name)
                && name.equalsIgnoreCase(key));
  }

  /// True wherever the condition has the wanted answer.
  private static Condition guard(Condition condition, boolean wanted) {
    return switch (condition) {
      case Condition.Constant(boolean value) -> new Condition.Constant(value == wanted);
      case Condition.Not(Condition of) -> guard(of, !wanted);
      case Condition.And(List<Condition> all) -> wanted ? both(all, true) : either(all, false);
      case Condition.Or(List<Condition> any) -> wanted ? either(any, true) : both(any, false);
      case Condition.Compare _,
          Condition.In _,
          Condition.Has _,
          Condition.TextTest _,
          Condition.Matches _,
          Condition.IsTrue _ -> {
        Condition exact = wanted ? condition : new Condition.Not(condition);
        yield onlyNames(condition) ? exact : TRUE;
      }
    };
  }

  private static Condition both(List<Condition> parts, boolean wanted) {
    List<Condition> kept =
        parts.stream().map(part -> guard(part, wanted)).filter(part -> !part.equals(TRUE)).toList();
    return kept.isEmpty() ? TRUE : kept.size() == 1 ? kept.getFirst() : new Condition.And(kept);
  }

  private static Condition either(List<Condition> parts, boolean wanted) {
    List<Condition> kept =
        parts.stream()
            .map(part -> guard(part, wanted))
            .filter(part -> !part.equals(FALSE))
            .toList();
    if (kept.contains(TRUE)) {
      return TRUE;
    }
    return kept.isEmpty() ? FALSE : kept.size() == 1 ? kept.getFirst() : new Condition.Or(kept);
  }
}
