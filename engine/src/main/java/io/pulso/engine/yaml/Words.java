package io.pulso.engine.yaml;

/// Words of the user's file as they are shown in a message.
public final class Words {
  private static final int SHOWN = 60;

  private Words() {}

  /// In single quotes, cut when long, control characters escaped.
  public static String quote(String text) {
    StringBuilder out = new StringBuilder("'");
    int end = text.offsetByCodePoints(0, Math.min(SHOWN, text.codePointCount(0, text.length())));
    text.substring(0, end).codePoints().forEach(c -> append(out, c));
    return out.append(end < text.length() ? "…'" : "'").toString();
  }

  private static void append(StringBuilder out, int character) {
    if (isControl(character)) {
      out.append(String.format("\\u%04X", character));
    } else {
      out.appendCodePoint(character);
    }
  }

  /// Control characters, line ends among them, and halves of surrogate pairs.
  static boolean isControl(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
