package io.pulso.server.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;

/// Accessibility as axe checks it: WCAG 2.2 AA and good practice.
final class Axe {
  private static final List<String> RULES =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");
  private static final int LONGEST = 160;

  private Axe() {}

  static void check(Page page) {
    // Our pages have no frames; otherwise it opens a page of its own each time, to join what it
    // finds.
    List<Rule> broken =
        new AxeBuilder(page).setLegacyMode(true).withTags(RULES).analyze().getViolations();
    if (!broken.isEmpty()) {
      StringBuilder text = new StringBuilder("axe finds in ").append(page.url()).append(':');
      broken.forEach(rule -> tell(rule, text));
      throw new AssertionError(text.toString());
    }
  }

  private static void tell(Rule rule, StringBuilder text) {
    text.append("\n  ").append(rule.getId()).append(" (").append(rule.getImpact()).append("): ");
    text.append(rule.getHelp());
    for (CheckedNode node : rule.getNodes()) {
      text.append("\n    at ").append(node.getTarget()).append("  ").append(brief(node.getHtml()));
      node.getAny().forEach(check -> text.append("\n       ").append(check.getMessage()));
    }
  }

  private static String brief(String html) {
    String line = html.replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
