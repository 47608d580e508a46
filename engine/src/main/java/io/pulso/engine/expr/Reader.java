package io.pulso.engine.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import io.pulso.engine.expr.Condition.Comparison;
import io.pulso.engine.expr.Condition.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Turns CEL's tree into a condition and refuses what the language does not have.
final class Reader {
  static final int MAX_DEPTH = 20;

  private static final Map<String, Comparison> COMPARISONS =
      Map.of(
          "_==_", Comparison.EQUAL,
          "_!=_", Comparison.NOT_EQUAL,
          "_<_", Comparison.LESS,
          "_<=_", Comparison.AT_MOST,
          "_>_", Comparison.GREATER,
          "_>=_", Comparison.AT_LEAST);
  private static final Map<String, Test> TEXT_TESTS =
      Map.of(
          "startsWith", Test.STARTS_WITH,
          "endsWith", Test.ENDS_WITH,
          "contains", Test.CONTAINS);
  private static final String AND = "_&&_";
  private static final String OR = "_||_";

  private final Source source;
  private final Map<Long, Integer> offsets;
  private final PathReader paths;
  private final Cel.Scope scope;
  private int depth;

  Reader(Source source, CelAbstractSyntaxTree tree, Cel.Scope scope) {
    this.source = source;
    this.offsets = tree.getSource().getPositionsMap();
    this.paths = new PathReader(this, scope);
    this.scope = scope;
  }

  Condition condition(CelExpr expr) {
    if (isOperand(expr)) {
      return asQuestion(expr, operand(expr));
    }
    if (expr.getKind() != CelExpr.ExprKind.Kind.CALL) {
      throw fault(expr, notAllowed(expr));
    }
    enter(expr);
    Condition read = call(expr);
    depth--;
    return read;
  }

  private boolean isOperand(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT, IDENT, SELECT -> true;
      case CALL -> {
        String name = expr.call().function();
        yield name.equals("_[_]") || name.equals("size") || isListFunction(name);
      }
      default -> false;
    };
  }

  private boolean isListFunction(String name) {
    return scope == Cel.Scope.LIST && Names.LIST_FUNCTIONS.containsKey(name);
  }

  private Condition asQuestion(CelExpr expr, Operand operand) {
    return switch (operand) {
      case Operand.Bool(boolean value) -> new Condition.Constant(value);
      case Path path when Kind.of(path).canBe(Kind.YES_NO) -> new Condition.IsTrue(path);
      default ->
          throw fault(
              expr,
              "%s is %s, not true or false; compare it with something"
                  .formatted(Names.show(operand), Kind.of(operand).words()));
    };
  }

  private Condition call(CelExpr expr) {
    CelCall call = expr.call();
    String name = call.function();
    Comparison comparison = COMPARISONS.get(name);
    if (comparison != null) {
      return compare(expr, comparison);
    }
    Test test = TEXT_TESTS.get(name);
    if (test != null) {
      return textTest(expr, test);
    }
    return switch (name) {
      case AND -> new Condition.And(chain(expr, AND));
      case OR -> new Condition.Or(chain(expr, OR));
      case "!_" -> new Condition.Not(condition(call.args().getFirst()));
      case "@in" -> in(expr);
      case "has" -> has(expr);
      case "matches" -> matches(expr);
      default -> throw fault(expr, notAllowed(expr));
    };
  }

  /// `a && b && c` is one level deep, however the parser has bracketed it.
  private List<Condition> chain(CelExpr expr, String operator) {
    List<Condition> found = new ArrayList<>();
    collect(expr, operator, found);
    return found;
  }

  private void collect(CelExpr expr, String operator, List<Condition> found) {
    if (expr.getKind() == CelExpr.ExprKind.Kind.CALL && expr.call().function().equals(operator)) {
      expr.call().args().forEach(arg -> collect(arg, operator, found));
    } else {
      found.add(condition(expr));
    }
  }

  private Condition compare(CelExpr expr, Comparison how) {
    Operand left = operand(expr.call().args().get(0));
    Operand right = operand(expr.call().args().get(1));
    Kind leftKind = Kind.of(left);
    Kind rightKind = Kind.of(right);
    for (Operand side : List.of(left, right)) {
      if (Kind.of(side) == Kind.OBJECT || Kind.of(side) == Kind.LIST) {
        throw fault(
            expr,
            "%s is %s and cannot be compared".formatted(Names.show(side), Kind.of(side).words()));
      }
    }
    boolean order = how != Comparison.EQUAL && how != Comparison.NOT_EQUAL;
    if (order && (leftKind == Kind.YES_NO || rightKind == Kind.YES_NO)) {
      throw fault(expr, "true and false have no order; use == or !=");
    }
    if (leftKind != Kind.NULL && rightKind != Kind.NULL) {
      requireComparable(expr, left, right);
    }
    return new Condition.Compare(how, left, right);
  }

  private void requireComparable(CelExpr expr, Operand left, Operand right) {
    if (!Kind.of(left).canBe(Kind.of(right)) && !Kind.of(right).canBe(Kind.of(left))) {
      throw fault(
          expr,
          "%s is %s and %s is %s; they are never equal"
              .formatted(
                  Names.show(left),
                  Kind.of(left).words(),
                  Names.show(right),
                  Kind.of(right).words()));
    }
  }

  private Condition in(CelExpr expr) {
    Operand item = operand(expr.call().args().get(0));
    Operand list = operand(expr.call().args().get(1));
    Kind itemKind = Kind.of(item);
    if (itemKind == Kind.OBJECT || itemKind == Kind.LIST) {
      throw fault(expr, "%s is %s and is in no list".formatted(Names.show(item), itemKind.words()));
    }
    switch (list) {
      case Operand.ListOf(List<Operand> items) ->
          items.stream()
              .filter(each -> itemKind != Kind.NULL && Kind.of(each) != Kind.NULL)
              .forEach(each -> requireComparable(expr, item, each));
      case Path path when Kind.of(path) == Kind.ANY -> {}
      case Path path when Kind.of(path) == Kind.OBJECT && path.root() != Path.Root.SOURCE -> {
        if (!itemKind.canBe(Kind.TEXT)) {
          throw fault(expr, "the keys of %s are texts".formatted(Names.show(path)));
        }
      }
      default ->
          throw fault(
              expr,
              "'in' needs a list on its right; %s is %s"
                  .formatted(Names.show(list), Kind.of(list).words()));
    }
    return new Condition.In(item, list);
  }

  private Condition has(CelExpr expr) {
    List<CelExpr> arguments = arguments(expr, 1);
    if (operand(arguments.getFirst()) instanceof Path path) {
      return new Condition.Has(path);
    }
    throw fault(expr, "has takes a place, as in " + Names.FUNCTIONS.get("has"));
  }

  private Condition textTest(CelExpr expr, Test test) {
    List<CelExpr> arguments = arguments(expr, 2);
    return new Condition.TextTest(test, text(arguments.get(0)), text(arguments.get(1)));
  }

  private Condition matches(CelExpr expr) {
    List<CelExpr> arguments = arguments(expr, 2);
    Operand text = text(arguments.get(0));
    if (!(operand(arguments.get(1)) instanceof Operand.Str(String pattern))) {
      throw fault(arguments.get(1), "the pattern of matches must be written out as a text");
    }
    try {
      return new Condition.Matches(text, Regex.compile(pattern));
    } catch (IllegalArgumentException e) {
      throw fault(arguments.get(1), String.valueOf(e.getMessage()));
    }
  }

  private Operand text(CelExpr expr) {
    Operand read = operand(expr);
    if (!Kind.of(read).canBe(Kind.TEXT)) {
      throw fault(
          expr,
          "%s is %s; a text is needed here".formatted(Names.show(read), Kind.of(read).words()));
    }
    return read;
  }

  /// What a function is called on and with: `a.f(b)` and `f(a, b)` are the same.
  private List<CelExpr> arguments(CelExpr expr, int count) {
    List<CelExpr> found = new ArrayList<>();
    expr.call().target().ifPresent(found::add);
    found.addAll(expr.call().args());
    if (found.size() != count) {
      String name = expr.call().function();
      throw fault(
          expr,
          "%s takes something else here; write it as in %s"
              .formatted(name, Names.FUNCTIONS.getOrDefault(name, Names.LIST_FUNCTIONS.get(name))));
    }
    return found;
  }

  Operand operand(CelExpr expr) {
    enter(expr);
    Operand read =
        switch (expr.getKind()) {
          case CONSTANT -> constant(expr);
          case IDENT, SELECT -> paths.read(expr);
          case LIST -> list(expr);
          case CALL ->
              switch (expr.call().function()) {
                case "_[_]" -> paths.read(expr);
                case "size" -> size(expr);
                case String name when isListFunction(name) -> standing(expr, name);
                default -> new Operand.Answer(call(expr));
              };
          default -> throw fault(expr, notAllowed(expr));
        };
    depth--;
    return read;
  }

  private Operand standing(CelExpr expr, String name) {
    boolean count = name.equals(Standing.COUNT);
    List<CelExpr> given = arguments(expr, count ? 2 : 1);
    String event = literal(given.getFirst(), "the name of an event");
    return count
        ? new Standing.Count(event, days(given.get(1))).path()
        : new Standing.DaysSince(event).path();
  }

  private int days(CelExpr expr) {
    String span = literal(expr, "a span of days such as \"7d\"");
    if (!span.matches("[1-9][0-9]{0,3}d")) {
      throw fault(expr, "a span is a number of days from 1 to 9999, such as \"7d\"");
    }
    return Integer.parseInt(span.substring(0, span.length() - 1));
  }

  private String literal(CelExpr expr, String what) {
    if (operand(expr) instanceof Operand.Str(String text)) {
      return text;
    }
    throw fault(expr, what + " must be written out as a text");
  }

  private Operand size(CelExpr expr) {
    Operand of = operand(arguments(expr, 1).getFirst());
    Kind kind = Kind.of(of);
    if (of instanceof Operand.ListOf
        || (kind == Kind.OBJECT && of instanceof Path p && p.root() == Path.Root.SOURCE)
        || !(kind.canBe(Kind.TEXT) || kind == Kind.OBJECT)) {
      throw fault(expr, "%s has no size".formatted(Names.show(of)));
    }
    return new Operand.Size(of);
  }

  private Operand list(CelExpr expr) {
    List<Operand> items = new ArrayList<>();
    for (CelExpr element : expr.list().elements()) {
      if (element.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
        throw fault(element, "a list holds only texts, numbers, true and false");
      }
      items.add(constant(element));
    }
    return new Operand.ListOf(items);
  }

  private Operand constant(CelExpr expr) {
    CelConstant constant = expr.constant();
    return switch (constant.getKind()) {
      case STRING_VALUE -> new Operand.Str(constant.stringValue());
      case INT64_VALUE -> new Operand.Num(whole(expr, constant.int64Value()));
      case DOUBLE_VALUE -> new Operand.Num(finite(expr, constant.doubleValue()));
      case BOOLEAN_VALUE -> new Operand.Bool(constant.booleanValue());
      case NULL_VALUE -> new Operand.NullLiteral();
      default ->
          throw fault(expr, "literals are texts, numbers, true, false and null, without suffixes");
    };
  }

  private double whole(CelExpr expr, long value) {
    if (value > 1L << 53 || value < -(1L << 53)) {
      throw fault(expr, "whole numbers beyond 2^53 (9007199254740992) are not exact");
    }
    return value;
  }

  private double finite(CelExpr expr, double value) {
    if (!Double.isFinite(value)) {
      throw fault(expr, "this number is too large");
    }
    return value == 0 ? 0 : value;
  }

  private String notAllowed(CelExpr expr) {
    return switch (expr.getKind()) {
      case MAP, STRUCT -> "objects cannot be written here";
      case LIST -> "a list is not true or false; use 'in'";
      case CALL -> notAllowed(expr.call().function());
      default -> "this is not part of the language";
    };
  }

  private String notAllowed(String function) {
    if (Names.COMPREHENSIONS.contains(function)) {
      return "'"
          + function
          + "' is not part of the language; lists can be asked with 'in' and size";
    }
    if (function.equals("_?_:_")) {
      return "'? :' is not part of the language; use && and ||";
    }
    if (!Character.isLetter(function.charAt(0))) {
      String sign = function.replace("_", "");
      return "'" + sign + "' is not part of the language; there is no arithmetic";
    }
    if (Names.LIST_FUNCTIONS.containsKey(function)) {
      return "'%s' is known where customers are listed, not here".formatted(function);
    }
    return "unknown function '%s'%s"
        .formatted(function, Nearest.hint(function, Names.FUNCTIONS.keySet()));
  }

  private void enter(CelExpr expr) {
    if (++depth > MAX_DEPTH) {
      throw fault(expr, Syntax.TOO_DEEP);
    }
  }

  ExpressionException fault(CelExpr expr, String what) {
    return source.fault(offsets.getOrDefault(expr.id(), 0), what);
  }
}
