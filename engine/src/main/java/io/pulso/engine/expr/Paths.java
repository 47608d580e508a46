package io.pulso.engine.expr;

import java.util.List;
import java.util.stream.Stream;

/// The places that a condition reads.
final class Paths {
  private Paths() {}

  static Stream<Path> of(Condition condition) {
    return switch (condition) {
      case Condition.Constant _ -> Stream.of();
      case Condition.Not(Condition of) -> of(of);
      case Condition.And(List<Condition> all) -> all.stream().flatMap(Paths::of);
      case Condition.Or(List<Condition> any) -> any.stream().flatMap(Paths::of);
      case Condition.Compare(_, Operand left, Operand right) -> Stream.concat(of(left), of(right));
      case Condition.In(Operand item, Operand list) -> Stream.concat(of(item), of(list));
      case Condition.Has(Path path) -> Stream.of(path);
      case Condition.TextTest(_, Operand text, Operand part) -> Stream.concat(of(text), of(part));
      case Condition.Matches(Operand text, _) -> of(text);
      case Condition.IsTrue(Path path) -> Stream.of(path);
    };
  }

  private static Stream<Path> of(Operand operand) {
    return switch (operand) {
      case Path path -> Stream.of(path);
      case Operand.Size(Operand of) -> of(of);
      case Operand.Answer(Condition of) -> of(of);
      case Operand.ListOf(List<Operand> items) -> items.stream().flatMap(Paths::of);
      case Operand.Str _, Operand.Num _, Operand.Bool _, Operand.NullLiteral _ -> Stream.of();
    };
  }
}
