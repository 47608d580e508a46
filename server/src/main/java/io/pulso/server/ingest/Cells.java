package io.pulso.server.ingest;

import java.util.regex.Pattern;

/// What the text of a cell looks like.
final class Cells {
  /// A double keeps every decimal of so many digits.
  private static final int DIGITS = 15;

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?\\d{1,400}(\\.\\d{1,400})?([eE][-+]?\\d{1,3})?");

  private Cells() {}

  /// The finite number that a text is, with leading zeros or an exponent too; NaN for none.
  static double number(String text) {
    String bare = text.strip();
    if (!NUMBER.matcher(bare).matches()) {
      return Double.NaN;
    }
    double number = Double.parseDouble(bare);
    return Double.isFinite(number) ? number : Double.NaN;
  }

  /// Whether a text is a number as people write it: no leading zeros or plus, no exponent, at most
  /// 15 digits. What is longer is a key, not a quantity.
  static boolean isNumber(Slice text) {
    int from = text.from;
    int to = text.to;
    byte[] bytes = text.bytes;
    if (from < to && bytes[from] == '-') {
      from++;
    }
    int digits = 0;
    int point = -1;
    for (int i = from; i < to; i++) {
      byte c = bytes[i];
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.' && point < 0) {
        point = i;
      } else {
        return false;
      }
    }
    int whole = (point < 0 ? to : point) - from;
    boolean zeroLed = whole > 1 && bytes[from] == '0';
    return whole > 0 && !zeroLed && digits <= DIGITS && point != to - 1;
  }

  static boolean isTrue(Slice text) {
    return text.length() == 4 && (is(text, "true") || is(text, "True") || is(text, "TRUE"));
  }

  static boolean isFalse(Slice text) {
    return text.length() == 5 && (is(text, "false") || is(text, "False") || is(text, "FALSE"));
  }

  private static boolean is(Slice text, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (text.at(i) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
