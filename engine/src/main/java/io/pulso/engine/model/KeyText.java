package io.pulso.engine.model;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Operand;
import io.pulso.engine.expr.Path;
import java.util.List;

/// A text that is the same for two conditions or units exactly when they are equal: every word has
/// its length before it, so that no value can look like structure.
final class KeyText {
  private final StringBuilder out = new StringBuilder();

  void word(String word) {
    out.append(word.length()).append(':').append(word);
  }

  private void open(String word, int parts) {
    word(word);
    out.append(parts).append('(');
  }

  void condition(Condition condition) {
    switch (condition) {
      case Condition.Constant constant -> word(constant.value() ? "true" : "false");
      case Condition.Not not -> {
        open("not", 1);
        condition(not.of());
      }
      case Condition.And and -> conditions("and", and.all());
      case Condition.Or or -> conditions("or", or.any());
      case Condition.Compare compare ->
          operands(compare.how().name(), compare.left(), compare.right());
      case Condition.In in -> operands("in", in.item(), in.list());
      case Condition.Has has -> operands("has", has.path());
      case Condition.IsTrue is -> operands("is", is.path());
      case Condition.TextTest test -> operands(test.test().name(), test.text(), test.part());
      case Condition.Matches matches ->
          operands("matches", matches.text(), new Operand.Str(matches.pattern().pattern()));
    }
  }

  private void conditions(String word, List<Condition> parts) {
    open(word, parts.size());
    parts.forEach(this::condition);
  }

  private void operands(String word, Operand... operands) {
    open(word, operands.length);
    List.of(operands).forEach(this::operand);
  }

  private void operand(Operand operand) {
    switch (operand) {
      case Path path -> path(path);
      case Operand.Str text -> operandWord("text", text.value());
      case Operand.Num number -> operandWord("number", Double.toString(number.value() + 0.0));
      case Operand.Bool bool -> operandWord("bool", Boolean.toString(bool.value()));
      case Operand.NullLiteral none -> word("null");
      case Operand.ListOf list -> operands("list", list.items().toArray(Operand[]::new));
      case Operand.Size size -> operands("size", size.of());
      case Operand.Answer answer -> conditions("answer", List.of(answer.of()));
    }
  }

  private void operandWord(String kind, String value) {
    word(kind);
    word(value);
  }

  private void path(Path path) {
    open(path.root().name(), path.steps().size());
    for (Path.Step step : path.steps()) {
      switch (step) {
        case Path.Step.Key key -> operandWord("key", key.name());
        case Path.Step.Index index -> operandWord("index", Integer.toString(index.position()));
      }
    }
  }

  void unit(Unit unit) {
    switch (unit) {
      case Unit.Occurrences occurrences -> word("occurrences");
      case Unit.Numeric numeric -> operands("numeric", numeric.path());
      case Unit.Distinct distinct -> operands("distinct", distinct.path());
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
