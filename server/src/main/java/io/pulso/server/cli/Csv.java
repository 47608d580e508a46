package io.pulso.server.cli;

/// Fields of RFC 4180.
final class Csv {
  private Csv() {}

  /// The text, quoted where it has a comma, a quote or a line end in it.
  static String field(String text) {
    boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
