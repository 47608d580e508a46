package io.pulso.engine.expr;

/// The text of an expression, which knows how to name a place in it.
record Source(String text) {
  /// A fault at an offset in code points.
  ExpressionException fault(int offset, String what) {
    int at = Math.clamp(offset, 0, text.codePointCount(0, text.length()));
    String before = text.substring(0, text.offsetByCodePoints(0, at));
    int lineStart = before.lastIndexOf('\n') + 1;
    int column = before.codePointCount(lineStart, before.length()) + 1;
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    String place =
        text.indexOf('\n') < 0 ? "column " + column : "line " + line + ", column " + column;
    return new ExpressionException(place, at + 1, what);
  }

  /// The offset of a line (from 1) and a column in it (from 0).
  int offset(int line, int column) {
    int at = 0;
    for (int i = 1; i < line; i++) {
      int next = text.indexOf('\n', at);
      if (next < 0) {
        break;
      }
      at = next + 1;
    }
    return text.codePointCount(0, at) + Math.max(0, column);
  }
}
