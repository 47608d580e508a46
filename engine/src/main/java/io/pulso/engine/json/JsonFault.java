package io.pulso.engine.json;

/// What makes a text no JSON value that Pulso takes.
public final class JsonFault extends Exception {
  private static final long serialVersionUID = 1L;

  /// Which rule is broken.
  public enum Kind {
    SYNTAX,
    TOO_DEEP,
    TOO_MANY_KEYS,
    DUPLICATE_KEY,
    NUMBER
  }

  private final Kind kind;

  /// A fault without a stack trace: bad input is no surprise and must cost little.
  public JsonFault(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
