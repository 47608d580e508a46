package io.pulso.server.cli;

/// Text from outside as a person may see it in a terminal.
final class Shown {
  private Shown() {}

  /// The text without characters that move the cursor or hide.
  static String text(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (isHidden(c)) {
            out.append(String.format("\\u%04X", c));
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }

  private static boolean isHidden(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  /// How many columns of a terminal a text takes.
  static int width(String text) {
    return text.codePoints().map(Shown::columns).sum();
  }

  private static int columns(int character) {
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        Character.isIdeographic(character)
            || (character >= 0x1100 && character <= 0x115F)
            || (character >= 0x2E80 && character <= 0xA4CF)
            || (character >= 0xAC00 && character <= 0xD7A3)
            || (character >= 0xFF00 && character <= 0xFF60)
            || (character >= 0x1F300 && character <= 0x1FAFF);
    return wide ? 2 : 1;
  }
}
