package io.pulso.server.cli;

import org.jspecify.annotations.Nullable;

/// Letters and colours of a terminal; plain text where nobody looks.
record Paint(boolean on) {
  private static final String END = "\u001b[0m";

  static Paint of(Console console) {
    return new Paint(console.terminal() && System.getenv("NO_COLOR") == null);
  }

  String bold(String text) {
    return on ? "\u001b[1m" + text + END : text;
  }

  String dim(String text) {
    return on ? "\u001b[2m" + text + END : text;
  }

  /// @param color `#rrggbb`; other words and null leave the text as it is
  String color(@Nullable String color, String text) {
    if (!on || color == null || !color.matches("#[0-9a-fA-F]{6}")) {
      return text;
    }
    int rgb = Integer.parseInt(color.substring(1), 16);
    return "\u001b[38;2;%d;%d;%dm".formatted(rgb >> 16, rgb >> 8 & 0xFF, rgb & 0xFF) + text + END;
  }
}
