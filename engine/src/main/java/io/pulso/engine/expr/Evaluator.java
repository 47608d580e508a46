package io.pulso.engine.expr;

import io.pulso.engine.expr.Condition.Comparison;
import io.pulso.engine.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers conditions in memory.
public final class Evaluator {
  /// What the roots of an expression stand for.
  ///
  /// @param traits those that held at the event, null before the first
  /// @param account those of the account, null before the first
  public record Facts(
      @Nullable String event,
      @Nullable String name,
      String type,
      @Nullable String channel,
      @Nullable Json value,
      Json.Obj properties,
      Json.Obj context,
      Json.@Nullable Obj traits,
      Json.@Nullable Obj account,
      String source,
      boolean trusted) {}

  private Evaluator() {}

  /// Gives what stands at a place; null where it is missing or the JSON null.
  public interface Places {
    @Nullable Json at(Path path);
  }

  public static boolean test(Condition condition, Facts facts) {
    return test(condition, path -> find(path, facts));
  }

  /// As [#test(Condition, Facts)], whatever the places are.
  public static boolean test(Condition condition, Places facts) {
    return switch (condition) {
      case Condition.Constant(boolean value) -> value;
      case Condition.Not(Condition of) -> !test(of, facts);
      case Condition.And(List<Condition> all) -> all.stream().allMatch(part -> test(part, facts));
      case Condition.Or(List<Condition> any) -> any.stream().anyMatch(part -> test(part, facts));
      case Condition.Compare(Comparison how, Operand left, Operand right) ->
          compare(how, value(left, facts), value(right, facts));
      case Condition.In(Operand item, Operand list) -> in(value(item, facts), value(list, facts));
      case Condition.Has(Path path) -> has(path, facts);
      case Condition.TextTest(Condition.Test test, Operand text, Operand part) ->
          value(text, facts) instanceof Json.Str(String whole)
              && value(part, facts) instanceof Json.Str(String piece)
              && textTest(test, whole, piece);
      case Condition.Matches(Operand text, var pattern) ->
          value(text, facts) instanceof Json.Str(String whole) && pattern.matcher(whole).find();
      case Condition.IsTrue(Path path) ->
          value(path, facts) instanceof Json.Bool(boolean answer) && answer;
    };
  }

  /// What stands at a place; null where it is missing or the JSON null. `value` has no fields.
  public static @Nullable Json find(Path path, Facts facts) {
    boolean inside = path.root() != Path.Root.VALUE || path.steps().isEmpty();
    Json at = inside ? root(path.root(), facts) : null;
    for (Path.Step step : path.steps()) {
      at =
          switch (step) {
            case Path.Step.Key(String key) ->
                at instanceof Json.Obj object ? object.get(key) : null;
            case Path.Step.Index(int position) ->
                at instanceof Json.Arr(List<Json> items) && position < items.size()
                    ? items.get(position)
                    : null;
          };
    }
    return at instanceof Json.Null ? null : at;
  }

  private static @Nullable Json root(Path.Root root, Facts facts) {
    return switch (root) {
      case EVENT -> text(facts.event());
      case NAME -> text(facts.name());
      case TYPE -> text(facts.type());
      case CHANNEL -> text(facts.channel());
      case VALUE -> facts.value();
      case PROPERTIES -> facts.properties();
      case CONTEXT -> facts.context();
      case TRAITS -> object(facts.traits());
      case ACCOUNT -> object(facts.account());
      case STANDING -> null;
      case SOURCE ->
          new Json.Obj(
              Map.of(
                  "name", new Json.Str(facts.source()), "trusted", new Json.Bool(facts.trusted())));
    };
  }

  private static @Nullable Json text(@Nullable String value) {
    return value == null ? null : new Json.Str(value);
  }

  private static Json object(Json.@Nullable Obj value) {
    return value == null ? Json.Obj.EMPTY : value;
  }

  /// An object that is a root counts as present when it has fields; `value` is there even as `{}`.
  private static boolean has(Path path, Places facts) {
    Json found = facts.at(path);
    boolean root = path.steps().isEmpty() && path.root() != Path.Root.VALUE;
    return found != null && !(root && found instanceof Json.Obj object && object.isEmpty());
  }

  private static @Nullable Json value(Operand operand, Places facts) {
    return switch (operand) {
      case Path path -> {
        Json found = facts.at(path);
        yield path.root() == Path.Root.VALUE && !(found instanceof Json.Num) ? null : found;
      }
      case Operand.Str(String value) -> new Json.Str(value);
      case Operand.Num(double value) -> new Json.Num(value);
      case Operand.Bool(boolean value) -> new Json.Bool(value);
      case Operand.NullLiteral _ -> null;
      case Operand.ListOf(List<Operand> items) ->
          new Json.Arr(
              items.stream()
                  .map(item -> value(item, facts))
                  .map(item -> item == null ? new Json.Null() : item)
                  .toList());
      case Operand.Size(Operand of) -> size(value(of, facts));
      case Operand.Answer(Condition of) -> new Json.Bool(test(of, facts));
    };
  }

  private static @Nullable Json size(@Nullable Json of) {
    return switch (of) {
      case Json.Str(String text) -> new Json.Num(text.codePointCount(0, text.length()));
      case Json.Arr(List<Json> items) -> new Json.Num(items.size());
      case Json.Obj(var fields) -> new Json.Num(fields.size());
      case Json.Num _, Json.Bool _, Json.Null _ -> null;
      case null -> null;
    };
  }

  private static boolean compare(Comparison how, @Nullable Json left, @Nullable Json right) {
    return switch (left) {
      case Json.Num(double a) when right instanceof Json.Num(double b) -> holds(how, order(a, b));
      case Json.Str(String a) when right instanceof Json.Str(String b) ->
          holds(how, CodePoints.compare(a, b));
      case Json.Bool(boolean a) when right instanceof Json.Bool(boolean b) ->
          (how == Comparison.EQUAL && a == b) || (how == Comparison.NOT_EQUAL && a != b);
      case null, default -> false;
    };
  }

  /// The order of numbers, where -0 is 0.
  private static int order(double a, double b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }

  private static boolean holds(Comparison how, int order) {
    return switch (how) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case GREATER -> order > 0;
      case AT_LEAST -> order >= 0;
    };
  }

  private static boolean in(@Nullable Json item, @Nullable Json list) {
    return switch (list) {
      case Json.Arr(List<Json> items) ->
          items.stream().anyMatch(each -> compare(Comparison.EQUAL, item, each));
      case Json.Obj object ->
          item instanceof Json.Str(String key)
              && object.get(key) != null
              && !(object.get(key) instanceof Json.Null);
      case null, default -> false;
    };
  }

  private static boolean textTest(Condition.Test test, String whole, String piece) {
    return switch (test) {
      case STARTS_WITH -> whole.startsWith(piece);
      case ENDS_WITH -> whole.endsWith(piece);
      case CONTAINS -> whole.contains(piece);
    };
  }
}
