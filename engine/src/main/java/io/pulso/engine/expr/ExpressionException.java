package io.pulso.engine.expr;

/// An expression that cannot be read. The message says where, what is wrong and what to do.
public class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int column;

  ExpressionException(String place, int column, String fault) {
    super(place + ": " + fault);
    this.column = column;
  }

  /// Where the fault is: code points from the start of the text, from 1.
  public int column() {
    return column;
  }
}
