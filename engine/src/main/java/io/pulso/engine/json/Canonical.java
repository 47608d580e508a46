package io.pulso.engine.json;

import org.jspecify.annotations.Nullable;

/// Tells quickly of most canonical texts that they are canonical, so that they need not be read and
/// written again.
public final class Canonical {
  private static final int MOST_KEYS = 32;

  /// Digits that a double keeps whatever they are.
  private static final int SHORT = 15;

  private final String text;
  private final String[] without;
  private final int[] from = new int[MOST_KEYS];
  private final int[] to = new int[MOST_KEYS];
  private int keys;
  private int at;

  private Canonical(String text, String[] without) {
    this.text = text;
    this.without = without;
  }

  /// Whether a text is for certain the canonical text of an object of plain texts, short numbers,
  /// truths and nulls, that is not empty and has none of some keys; false also where it is too long
  /// to tell.
  public static boolean isFlatObject(@Nullable String text, String... without) {
    return text != null && text.length() > 2 && new Canonical(text, without).object();
  }

  private boolean object() {
    int last = text.length() - 1;
    if (text.charAt(0) != '{' || text.charAt(last) != '}') {
      return false;
    }
    at = 1;
    while (at < last) {
      if (keys > 0 && !take(',')) {
        return false;
      }
      if (!key() || !take(':') || !value(last)) {
        return false;
      }
    }
    return at == last;
  }

  private boolean take(char c) {
    return text.charAt(at++) == c;
  }

  private boolean key() {
    int start = at + 1;
    if (keys == MOST_KEYS || !string()) {
      return false;
    }
    int end = at - 1;
    int length = end - start;
    for (int i = 0; i < keys; i++) {
      if (to[i] - from[i] == length && text.regionMatches(from[i], text, start, length)) {
        return false;
      }
    }
    for (String other : without) {
      if (other.length() == length && text.startsWith(other, start)) {
        return false;
      }
    }
    from[keys] = start;
    to[keys++] = end;
    return true;
  }

  /// Passes over a text without escapes.
  private boolean string() {
    int end = text.length();
    if (at >= end || text.charAt(at) != '"') {
      return false;
    }
    for (int i = at + 1; i < end; i++) {
      char c = text.charAt(i);
      if (c == '"') {
        at = i + 1;
        return true;
      }
      if (!JsonText.plain(c)) {
        return false;
      }
    }
    return false;
  }

  private boolean value(int last) {
    return switch (text.charAt(at)) {
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number(last);
    };
  }

  private boolean word(String word) {
    boolean there = text.startsWith(word, at);
    at += word.length();
    return there;
  }

  /// Passes over a number of at most fifteen digits that is written in its shortest plain form.
  private boolean number(int last) {
    int start = text.charAt(at) == '-' ? at + 1 : at;
    int point = -1;
    boolean zero = true;
    int i = start;
    for (; i < last; i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0) {
        point = i;
      } else if (c >= '0' && c <= '9') {
        zero &= c == '0';
      } else {
        break;
      }
    }
    int whole = (point < 0 ? i : point) - start;
    boolean shortest =
        whole > 0
            && i - start <= SHORT
            && (whole == 1 || text.charAt(start) != '0')
            && (point < 0 || (point < i - 1 && text.charAt(i - 1) != '0'))
            && (!zero || (start == at && i == start + 1));
    at = i;
    return shortest;
  }
}
