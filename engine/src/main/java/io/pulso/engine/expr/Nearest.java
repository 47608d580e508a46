package io.pulso.engine.expr;

import java.util.Collection;
import java.util.Locale;

/// The known word that looks most like a mistyped one.
final class Nearest {
  private Nearest() {}

  /// `; did you mean 'event'?`, or nothing when no word is near.
  static String hint(String typed, Collection<String> known) {
    String best = "";
    int least = Math.max(2, typed.length() / 3 + 1);
    for (String word : known) {
      int distance = distance(typed.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        best = word;
      }
    }
    return best.isEmpty() ? "" : "; did you mean '" + best + "'?";
  }

  /// The fewest letters to add, drop or change.
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
