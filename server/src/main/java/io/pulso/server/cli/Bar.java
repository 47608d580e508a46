package io.pulso.server.cli;

/// Lengths drawn with block characters, to an eighth of a character.
final class Bar {
  private static final String PARTS = " ▏▎▍▌▋▊▉";

  private Bar() {}

  /// A bar as long as `value` is of `most`; anything above zero can be seen.
  static String of(long value, long most, int width) {
    if (value <= 0 || most <= 0) {
      return "";
    }
    long eighths = Math.max(1, Math.round((double) value * width * 8 / most));
    String full = "█".repeat((int) (eighths / 8));
    int rest = (int) (eighths % 8);
    return rest == 0 ? full : full + PARTS.charAt(rest);
  }

  static String pad(String text, int width) {
    int length = text.codePointCount(0, text.length());
    return length >= width ? text : text + " ".repeat(width - length);
  }

  /// The text in so many characters, the end cut where it is longer.
  static String fit(String text, int width) {
    String clean = text.codePoints().anyMatch(c -> Character.isISOControl(c)) ? clean(text) : text;
    if (clean.codePointCount(0, clean.length()) <= width) {
      return pad(clean, width);
    }
    return clean.substring(0, clean.offsetByCodePoints(0, width - 1)) + "…";
  }

  /// Control characters of input must not reach a terminal.
  static String clean(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? '�' : c));
    return out.toString();
  }

  static String right(String text, int width) {
    int length = text.codePointCount(0, text.length());
    return length >= width ? text : " ".repeat(width - length) + text;
  }
}
