package io.pulso.engine.expr;

/// What an operand is known to be before any event is seen.
enum Kind {
  TEXT("a text"),
  NUMBER("a number"),
  YES_NO("true or false"),
  OBJECT("an object"),
  LIST("a list"),
  NULL("null"),
  /// A place in JSON, which may hold anything.
  ANY("a value");

  private final String words;

  Kind(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /// Whether an operand of this kind can turn out to be of the other.
  boolean canBe(Kind other) {
    return this == other || this == ANY;
  }

  static Kind of(Operand operand) {
    return switch (operand) {
      case Path path -> of(path);
      case Operand.Str _ -> TEXT;
      case Operand.Num _, Operand.Size _ -> NUMBER;
      case Operand.Bool _, Operand.Answer _ -> YES_NO;
      case Operand.NullLiteral _ -> NULL;
      case Operand.ListOf _ -> LIST;
    };
  }

  private static Kind of(Path path) {
    return switch (path.root()) {
      case EVENT, NAME, TYPE, CHANNEL -> TEXT;
      case VALUE -> NUMBER;
      case PROPERTIES, CONTEXT, TRAITS, ACCOUNT -> path.steps().isEmpty() ? OBJECT : ANY;
      case SOURCE ->
          path.steps().isEmpty() ? OBJECT : path.equals(Names.SOURCE_TRUSTED) ? YES_NO : TEXT;
      case STANDING ->
          switch (Standing.of(path)) {
            case Standing.Word(String name) when name.equals("band") -> TEXT;
            case Standing.Word(String name) when !name.equals("score") -> YES_NO;
            case null, default -> NUMBER;
          };
    };
  }
}
