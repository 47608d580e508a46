package io.pulso.server.store;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Tells crawlers by their user agents. Most patterns of the list are plain texts, which are found
/// in one walk over the user agent; the others are RE2, so hostile text costs little too.
final class UserAgents {
  static final UserAgents CRAWLERS = read();

  private static final String SPECIAL = "\\^$.|?*+()[]{}";

  private final Node texts = new Node();
  private final List<Pattern> patterns = new ArrayList<>();
  private String edition = "";

  /// A letter of some of the texts.
  private static final class Node {
    private final Map<Character, Node> next = new HashMap<>();
    private boolean end;
  }

  private UserAgents() {}

  private static UserAgents read() {
    UserAgents made = new UserAgents();
    try (InputStream in = UserAgents.class.getResourceAsStream("quality/crawlers.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      made.edition = Integer.toHexString(text.hashCode());
      text.lines().filter(line -> !line.isEmpty() && !line.startsWith("#")).forEach(made::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return made;
  }

  private void add(String pattern) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\'
          && i + 1 < pattern.length()
          && !Character.isLetterOrDigit(pattern.charAt(i + 1))) {
        plain.append(pattern.charAt(++i));
      } else if (SPECIAL.indexOf(c) >= 0) {
        patterns.add(Pattern.compile(pattern));
        return;
      } else {
        plain.append(c);
      }
    }
    Node at = texts;
    for (char c : plain.toString().toCharArray()) {
      at = at.next.computeIfAbsent(c, letter -> new Node());
    }
    at.end = true;
  }

  /// A text that changes with the list.
  String edition() {
    return edition;
  }

  /// Whether a user agent is a crawler's.
  boolean match(String agent) {
    for (int from = 0; from < agent.length(); from++) {
      Node at = texts;
      for (int i = from; at != null && i < agent.length(); i++) {
        at = at.next.get(agent.charAt(i));
        if (at != null && at.end) {
          return true;
        }
      }
    }
    return patterns.stream().anyMatch(pattern -> pattern.matcher(agent).find());
  }
}
