package io.pulso.engine.expr;

import io.pulso.engine.expr.Path.Root;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The words an expression may use.
final class Names {
  static final Path SOURCE_NAME = source("name");
  static final Path SOURCE_TRUSTED = source("trusted");

  /// Functions by name, with an example of their use.
  static final Map<String, String> FUNCTIONS =
      Map.of(
          "has", "has(properties.plan)",
          "size", "size(properties.items)",
          "startsWith", "name.startsWith(\"Docs\")",
          "endsWith", "name.endsWith(\"Docs\")",
          "contains", "name.contains(\"Docs\")",
          "matches", "name.matches(\"^Docs\")");

  /// Functions of lists by name, with an example of their use.
  static final Map<String, String> LIST_FUNCTIONS =
      Map.of(
          Standing.COUNT, "count(\"Login\", \"7d\")",
          Standing.DAYS_SINCE, "days_since(\"Login\")");

  /// CEL's macros, which run over lists.
  static final Set<String> COMPREHENSIONS =
      Set.of("all", "exists", "exists_one", "existsOne", "map", "filter");

  private static final Map<String, Root> ROOTS =
      Arrays.stream(Root.values())
          .filter(root -> root != Root.STANDING)
          .collect(Collectors.toMap(Names::word, r -> r, (a, _) -> a, LinkedHashMap::new));

  private Names() {}

  static String word(Root root) {
    return root.name().toLowerCase(Locale.ROOT);
  }

  /// The roots an expression of a scope may speak of, by name.
  static Map<String, Root> roots(Cel.Scope scope) {
    return switch (scope) {
      case EVENT -> ROOTS;
      case SUBJECT, LIST -> Map.of("traits", Root.TRAITS, "account", Root.ACCOUNT);
    };
  }

  /// All names of a scope.
  static Set<String> words(Cel.Scope scope) {
    Set<String> words = new TreeSet<>(roots(scope).keySet());
    if (scope == Cel.Scope.LIST) {
      words.addAll(Standing.WORDS);
    }
    return words;
  }

  /// The names of a scope that is not an event's, in words.
  static String known(Cel.Scope scope) {
    return scope == Cel.Scope.LIST
        ? "traits, account, score, band, identified, inactive, ramping, count and days_since"
        : "traits and account";
  }

  /// An operand as its author would write it, shortened.
  static String show(Operand operand) {
    return switch (operand) {
      case Path path -> show(path);
      case Operand.Str(String value) ->
          "\"" + (value.length() > 30 ? value.substring(0, 30) + "…" : value) + "\"";
      case Operand.Num(double value) ->
          value == Math.rint(value) && Math.abs(value) < 1e15
              ? Long.toString((long) value)
              : Double.toString(value);
      case Operand.Bool(boolean value) -> Boolean.toString(value);
      case Operand.NullLiteral _ -> "null";
      case Operand.ListOf _ -> "[…]";
      case Operand.Size(Operand of) -> "size(" + show(of) + ")";
      case Operand.Answer _ -> "(…)";
    };
  }

  private static String show(Path path) {
    switch (Standing.of(path)) {
      case Standing.Word(String name) -> {
        return name;
      }
      case Standing.Count(String event, int days) -> {
        return "count(\"%s\", \"%dd\")".formatted(event, days);
      }
      case Standing.DaysSince(String event) -> {
        return "days_since(\"%s\")".formatted(event);
      }
      case null -> {}
    }
    StringBuilder out = new StringBuilder(word(path.root()));
    for (Path.Step step : path.steps()) {
      switch (step) {
        case Path.Step.Key(String name) when name.matches("[A-Za-z_][A-Za-z0-9_]*") ->
            out.append('.').append(name);
        case Path.Step.Key(String name) -> out.append("[\"").append(name).append("\"]");
        case Path.Step.Index(int position) -> out.append('[').append(position).append(']');
      }
    }
    return out.toString();
  }

  private static Path source(String field) {
    return new Path(Root.SOURCE, List.of(new Path.Step.Key(field)));
  }
}
