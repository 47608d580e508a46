package io.pulso.engine.yaml;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The right word that somebody probably meant.
public final class Nearest {
  private static final int LONGEST = 100;
  private static final int LISTED = 12;

  private Nearest() {}

  /// The word that is the fewest edits away, or null when none is near; the first of equals.
  public static @Nullable String to(String word, Collection<String> words) {
    if (word.length() > LONGEST) {
      return null;
    }
    String lower = word.toLowerCase(Locale.ROOT);
    String best = null;
    int least = Math.max(1, word.length() / 2) + 1;
    for (String candidate : words) {
      if (Math.abs(candidate.length() - word.length()) < least) {
        int edits = edits(lower, candidate.toLowerCase(Locale.ROOT));
        if (edits < least) {
          least = edits;
          best = candidate;
        }
      }
    }
    return best;
  }

  /// `; did you mean 'points'?`, else the words there are, else nothing.
  public static String hint(String word, Collection<String> words) {
    String near = to(word, words);
    if (near != null) {
      return "; did you mean " + Words.quote(near) + "?";
    }
    if (words.isEmpty()) {
      return "";
    }
    String list = words.stream().limit(LISTED).map(Words::quote).collect(Collectors.joining(", "));
    return "; use "
        + (words.size() == 1 ? "" : "one of ")
        + list
        + (words.size() > LISTED ? ", …" : "");
  }

  /// Levenshtein's distance.
  static int edits(String a, String b) {
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(row[j - 1], before[j]) + 1);
      }
      before = row;
    }
    return before[b.length()];
  }
}
