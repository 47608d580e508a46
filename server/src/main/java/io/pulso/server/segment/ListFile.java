package io.pulso.server.segment;

import io.pulso.server.event.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A file with ids: one a line, or in the first column of a CSV file, whose head is left out.
public final class ListFile {
  private static final int MOST = 1_000_000;
  private static final int LONGEST = 1_000;
  private static final Set<String> HEADS =
      Set.of(
          "id",
          "subject",
          "customer",
          "account",
          "user",
          "userid",
          "user_id",
          "customer_id",
          "account_id",
          "group_id",
          "groupid");

  private ListFile() {}

  /// The ids, in order.
  public static List<String> ids(String text) {
    List<String> found = new ArrayList<>();
    boolean first = true;
    for (String line : text.lines().toList()) {
      String id = cell(first && line.startsWith("\uFEFF") ? line.substring(1) : line);
      boolean head = first && HEADS.contains(id.toLowerCase(Locale.ROOT));
      first = false;
      if (!id.isEmpty() && !head) {
        check(id, found.size());
        found.add(id);
      }
    }
    return found;
  }

  private static void check(String id, int before) {
    if (id.length() > LONGEST) {
      throw new InputException("an id has at most %d characters".formatted(LONGEST));
    }
    if (before == MOST) {
      throw new InputException("a list has at most %,d ids at once".formatted(MOST));
    }
  }

  private static String cell(String line) {
    if (!line.startsWith("\"")) {
      int end = line.indexOf(',');
      return (end < 0 ? line : line.substring(0, end)).strip();
    }
    StringBuilder id = new StringBuilder();
    for (int at = 1; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == '"' && at + 1 < line.length() && line.charAt(at + 1) == '"') {
        id.append(c);
        at++;
      } else if (c == '"') {
        break;
      } else {
        id.append(c);
      }
    }
    return id.toString();
  }
}
