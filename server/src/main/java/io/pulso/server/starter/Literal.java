package io.pulso.server.starter;

import java.util.Collection;
import java.util.stream.Collectors;

/// Names from outside as they may stand in conditions, YAML and comments.
final class Literal {
  private static final int SHOWN = 60;
  private static final int LONGEST_TITLE = 200;

  private Literal() {}

  /// A text as CEL writes it, without any character that YAML refuses.
  static String cel(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            out.append('\\').appendCodePoint(c);
          } else if (isOdd(c)) {
            out.append((c < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(c));
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.append('"').toString();
  }

  static String list(Collection<String> texts) {
    return texts.stream().map(Literal::cel).collect(Collectors.joining(", ", "[", "]"));
  }

  /// A text in one line without what cannot be seen, as a title has it; empty where nothing is
  /// left.
  static String title(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().map(c -> isOdd(c) ? ' ' : c).forEach(out::appendCodePoint);
    String line = out.toString().strip();
    int end =
        line.offsetByCodePoints(
            0, Math.min(LONGEST_TITLE / 2, line.codePointCount(0, line.length())));
    return line.substring(0, end);
  }

  /// A text as a comment has it.
  static String comment(String text) {
    String line = title(text);
    int count = line.codePointCount(0, line.length());
    return count <= SHOWN ? line : line.substring(0, line.offsetByCodePoints(0, SHOWN)) + "…";
  }

  private static boolean isOdd(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
