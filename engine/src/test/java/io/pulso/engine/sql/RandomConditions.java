package io.pulso.engine.sql;

import com.google.re2j.Pattern;
import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Operand;
import io.pulso.engine.expr.Path;
import io.pulso.engine.expr.Path.Root;
import io.pulso.engine.expr.Path.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Random conditions of every form, over the keys and texts of [RandomFacts].
final class RandomConditions {
  private static final List<String> PATTERNS =
      List.of(
          "",
          "a",
          "^a",
          "b$",
          "^$",
          "^\\z",
          "a.b",
          "(?s)a.b",
          "(?m)^b",
          "(?i)A",
          "\\d+",
          "\\w",
          "\\W",
          "\\s",
          "[^a]",
          "^.$",
          "^..$",
          "\\x00",
          "a{2,3}",
          "a?b",
          "é",
          "\\bb",
          "'",
          "\\\\",
          "[*]",
          "%",
          "a%",
          "_",
          "a|b",
          "^\\Q'; DROP\\E",
          "(?P<n>a)b",
          "\\x{1F600}",
          "(?i)s",
          "(?i)k",
          "(?i)ß",
          "^[\\x{0}-\\x{10FFFF}]$",
          "[[:alpha:]]",
          "(?U)a+",
          "\\$\\{",
          "\\v",
          "\\n",
          "^(a|b|5)$",
          "^5$",
          "a.*",
          ".*b",
          "^abc",
          "😀|中",
          "[😀é]");

  private final Random random;
  private final RandomFacts facts;

  RandomConditions(Random random) {
    this.random = random;
    this.facts = new RandomFacts(random);
  }

  Condition next() {
    return condition(0);
  }

  private Condition condition(int depth) {
    return switch (random.nextInt(depth > 2 ? 14 : 18)) {
      case 0, 1, 2, 3, 4, 5 -> compare(depth);
      case 6, 7, 8 -> new Condition.In(item(depth), list());
      case 9 -> new Condition.Has(path());
      case 10 -> new Condition.TextTest(pick(Condition.Test.values()), text(), text());
      case 11, 12 -> new Condition.Matches(text(), Pattern.compile(pick(PATTERNS)));
      case 13 -> new Condition.IsTrue(path());
      case 14 -> new Condition.Not(condition(depth + 1));
      case 15 -> new Condition.And(some(() -> condition(depth + 1)));
      case 16 -> new Condition.Or(some(() -> condition(depth + 1)));
      default ->
          random.nextInt(6) == 0
              ? new Condition.Constant(random.nextBoolean())
              : new Condition.Not(condition(depth + 1));
    };
  }

  private Condition compare(int depth) {
    return new Condition.Compare(pick(Condition.Comparison.values()), item(depth), operand(depth));
  }

  private Operand item(int depth) {
    return random.nextInt(4) == 0 ? operand(depth) : path();
  }

  private Operand operand(int depth) {
    return switch (random.nextInt(depth > 2 ? 9 : 10)) {
      case 0, 1, 2 -> literal();
      case 3 -> random.nextInt(4) == 0 ? new Operand.NullLiteral() : literal();
      case 4 -> new Operand.Size(random.nextInt(5) == 0 ? new Operand.Str(facts.text()) : path());
      case 5, 6, 7, 8 -> path();
      default -> new Operand.Answer(condition(depth + 1));
    };
  }

  private Operand literal() {
    return switch (random.nextInt(5)) {
      case 0, 1 -> new Operand.Str(facts.text());
      case 2, 3 -> new Operand.Num(facts.number());
      default -> new Operand.Bool(random.nextBoolean());
    };
  }

  private Operand text() {
    return random.nextInt(3) == 0 ? new Operand.Str(facts.text()) : path();
  }

  private Operand list() {
    return random.nextInt(3) == 0
        ? path()
        : new Operand.ListOf(
            some(() -> random.nextInt(8) == 0 ? new Operand.NullLiteral() : literal()));
  }

  Path path() {
    Root root = pick(Root.values());
    return new Path(
        root,
        switch (root) {
          case EVENT, NAME, TYPE, CHANNEL, VALUE ->
              random.nextInt(10) == 0 ? List.<Step>of(new Step.Key("a")) : List.<Step>of();
          case SOURCE -> List.<Step>of(new Step.Key(random.nextBoolean() ? "name" : "trusted"));
          case STANDING -> List.<Step>of(new Step.Key("score"));
          case PROPERTIES, CONTEXT, TRAITS, ACCOUNT -> steps();
        });
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    int count = random.nextInt(12) == 0 ? 0 : 1 + (random.nextInt(3) == 0 ? random.nextInt(3) : 0);
    for (int i = 0; i < count; i++) {
      steps.add(
          i > 0 && random.nextInt(3) == 0
              ? new Step.Index(random.nextInt(3))
              : new Step.Key(facts.key()));
    }
    return steps;
  }

  private <T> List<T> some(Supplier<T> make) {
    List<T> found = new ArrayList<>();
    for (int i = random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(3); i > 0; i--) {
      found.add(make.get());
    }
    return found;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private <T> T pick(T[] from) {
    return from[random.nextInt(from.length)];
  }
}
