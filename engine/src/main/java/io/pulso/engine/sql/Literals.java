package io.pulso.engine.sql;

/// What literals of all dialects have in common.
final class Literals {
  private Literals() {}

  /// The shortest decimal text of a finite double.
  static String decimal(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("no literal for " + value);
    }
    return Double.toString(value);
  }

  /// An identifier between quotes, inner quotes doubled.
  static String quoted(String identifier, String quote) {
    if (identifier.isEmpty() || identifier.codePoints().anyMatch(Literals::isInvisible)) {
      throw new IllegalArgumentException("no identifier: " + identifier.length() + " characters");
    }
    return quote + identifier.replace(quote, quote + quote) + quote;
  }

  /// Code points that a reader of the SQL would not see: controls, direction marks, separators,
  /// lone surrogates.
  static boolean isInvisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
