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
    return text + " ".repeat(Math.max(0, width - Shown.width(text)));
  }

  static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - Shown.width(text))) + text;
  }

  /// The text in so many columns, the end cut where it is longer.
  static String fit(String text, int width) {
    String shown = Shown.text(text);
    if (Shown.width(shown) <= width) {
      return pad(shown, width);
    }
    StringBuilder cut = new StringBuilder();
    for (int c : shown.codePoints().toArray()) {
      String more = Character.toString(c);
      if (Shown.width(cut + more) >= width) {
        break;
      }
      cut.append(more);
    }
    return pad(cut + "…", width);
  }
}
