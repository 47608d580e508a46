package io.pulso.engine.expr;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;

/// RE2 patterns that are small enough to run on every engine.
final class Regex {
  static final int MAX_PROGRAM = 2_000;

  /// The largest pattern, repeats written out, that is tried at all.
  private static final long MAX_WRITTEN_OUT = 1_000_000;

  /// RE2 in C++ spells each class out in bytes and gives up at 8 MB.
  private static final long MAX_SPELLED_OUT = 40_000;

  /// Up to here the engines agree which letters are the same but for their case.
  private static final int LAST_FOLDED = 0x17F;

  /// What stands for one letter, or for letters without meaning: `\Q…\E`, `\d`, `[a-z]`.
  private static final java.util.regex.Pattern ATOM =
      java.util.regex.Pattern.compile(
          "(?s)\\\\Q.*?(?:\\\\E|$)|\\\\.|\\[\\^?]?(?:\\\\.|[^]\\\\])*]");

  private static final java.util.regex.Pattern REPEAT =
      java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

  private static final java.util.regex.Pattern IGNORES_CASE =
      java.util.regex.Pattern.compile("\\(\\?[a-zA-Z]*i");

  private Regex() {}

  /// Throws [IllegalArgumentException] with what is wrong.
  static Pattern compile(String pattern) {
    if (pattern.contains("(?<")) {
      throw new IllegalArgumentException("write a named group as (?P<name>…)");
    }
    if (hasUnicodeClass(pattern)) {
      throw new IllegalArgumentException(
          "\\p differs from engine to engine; write the letters, as in [а-яё]");
    }
    if (IGNORES_CASE.matcher(pattern).find() && !isFolded(pattern)) {
      throw new IllegalArgumentException("(?i) is for Latin letters up to U+017F");
    }
    if (writtenOut(pattern) > MAX_WRITTEN_OUT) {
      throw new IllegalArgumentException("the pattern repeats too much; simplify it");
    }
    Pattern compiled;
    try {
      compiled = Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "not an RE2 pattern: " + e.getDescription() + ": " + e.getPattern(), e);
    }
    int size = compiled.programSize();
    if (size > MAX_PROGRAM || size * classWeight(pattern) > MAX_SPELLED_OUT) {
      throw new IllegalArgumentException("the pattern is too large; simplify it");
    }
    return compiled;
  }

  /// The tables of Unicode differ in age: RE2/J has those of Unicode 6.
  private static boolean hasUnicodeClass(String pattern) {
    return ATOM.matcher(pattern)
        .results()
        .map(MatchResult::group)
        .filter(atom -> !atom.startsWith("\\Q"))
        .anyMatch(atom -> atom.replace("\\\\", "").toLowerCase(Locale.ROOT).contains("\\p"));
  }

  private static boolean isFolded(String pattern) {
    boolean ranges = pattern.contains("[");
    return !pattern.contains("\\x")
        && pattern
            .codePoints()
            .allMatch(c -> c <= LAST_FOLDED || (Character.isIdeographic(c) && !ranges));
  }

  private static long classWeight(String pattern) {
    return ATOM.matcher(pattern).results().mapToLong(f -> f.end() - f.start()).max().orElse(1);
  }

  /// The letters of a pattern when `(ab){3}` is written `ababab`; never less than that.
  private static long writtenOut(String pattern) {
    String plain = ATOM.matcher(pattern).replaceAll(f -> "x".repeat(atomLength(f.group())));
    Matcher repeat = REPEAT.matcher(plain);
    Deque<Long> outer = new ArrayDeque<>();
    long sum = 0;
    long last = 0;
    for (int i = 0; i < plain.length() && sum <= MAX_WRITTEN_OUT; i++) {
      char c = plain.charAt(i);
      if (c == '(') {
        outer.push(sum);
        sum = 0;
      } else if (c == ')') {
        last = sum + 1;
        sum = last + (outer.isEmpty() ? 0 : outer.pop());
      } else if (c == '{' && repeat.find(i) && repeat.start() == i) {
        sum += last * count(repeat);
        i = repeat.end() - 1;
      } else {
        last = 1;
        sum++;
      }
    }
    return outer.stream().reduce(sum, Long::sum);
  }

  private static int atomLength(String atom) {
    return atom.startsWith("\\Q") ? atom.length() : 1;
  }

  private static long count(Matcher repeat) {
    String most = repeat.group(2);
    return Long.parseLong(most == null || most.isEmpty() ? repeat.group(1) : most);
  }
}
