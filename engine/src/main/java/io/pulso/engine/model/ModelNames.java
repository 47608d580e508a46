package io.pulso.engine.model;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Operand;
import io.pulso.engine.expr.Path;
import io.pulso.engine.yaml.Nearest;
import io.pulso.engine.yaml.Notes;
import io.pulso.engine.yaml.Words;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The event and page names that a model waits for.
public final class ModelNames {
  private ModelNames() {}

  /// A name that `event` or `name` is compared with.
  ///
  /// @param root `EVENT` for the names of track calls, `NAME` for pages and screens
  /// @param line of the activity, from 1
  public record Named(String activity, Path.Root root, String name, int line) {}

  /// Every such name of the activities, in the order of the file, once for each activity.
  public static List<Named> eventNames(Model model) {
    Set<Named> found = new LinkedHashSet<>();
    for (Activity activity : model.activities()) {
      Atoms.each(activity.match().condition(), atom -> add(activity, atom, found));
    }
    return List.copyOf(found);
  }

  /// A warning for each name that no stored event has, with the nearest one that some event has.
  ///
  /// @param events names of stored track calls
  /// @param pages names of stored pages and screens
  public static List<String> unknown(
      String fileName, Model model, Collection<String> events, Collection<String> pages) {
    Notes warnings = new Notes(fileName);
    for (Named named : eventNames(model)) {
      boolean isEvent = named.root() == Path.Root.EVENT;
      Collection<String> stored = isEvent ? events : pages;
      if (!stored.contains(named.name())) {
        String near = Nearest.to(named.name(), stored);
        warnings.add(
            named.line(),
            "activity "
                + Words.quote(named.activity())
                + (isEvent ? ": no event is called " : ": no page or screen is called ")
                + Words.quote(named.name())
                + (near == null ? "" : "; did you mean " + Words.quote(near) + "?"));
      }
    }
    return warnings.list();
  }

  private static void add(Activity activity, Condition atom, Set<Named> found) {
    List<Operand> operands = Atoms.operands(atom);
    for (Operand operand : operands) {
      if (operand instanceof Path path && isName(path)) {
        operands.stream()
            .filter(other -> isEquality(atom))
            .flatMap(other ->
                other instanceof Operand.ListOf list
                    ? list.items().stream()
                    : List.of(other).stream())
            .filter(Operand.Str.class::isInstance)
            .map(literal -> ((Operand.Str) literal).value())
            .map(name -> new Named(activity.name(), path.root(), name, activity.line()))
            .forEach(found::add);
      }
    }
  }

  private static boolean isName(Path path) {
    return path.steps().isEmpty()
        && (path.root() == Path.Root.EVENT || path.root() == Path.Root.NAME);
  }

  private static boolean isEquality(Condition atom) {
    return switch (atom) {
      case Condition.Compare compare ->
          compare.how() == Condition.Comparison.EQUAL
              || compare.how() == Condition.Comparison.NOT_EQUAL;
      case Condition.In in -> true;
      case Condition other -> false;
    };
  }
}
