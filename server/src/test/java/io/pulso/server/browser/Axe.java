package io.pulso.server.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/// Accessibility as axe checks it: WCAG 2.2 AA and good practice.
final class Axe {
  /// What is broken, a line each; only this is worked out and sent. Our pages have no frames.
  private static final String RUN =
      """
      contrast => axe.run(document, {
        rules: {'color-contrast': {enabled: contrast}},
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        resultTypes: ['violations'], iframes: false, preload: false,
      }).then(found => found.violations.flatMap(rule => [
        `${rule.id} (${rule.impact}): ${rule.help}`,
        ...rule.nodes.flatMap(node => [
          `  at ${node.target}  ${node.html.replace(/\\s+/g, ' ').slice(0, 160)}`,
          ...node.any.map(check => `     ${check.message}`),
        ]),
      ]))
      """;

  private Axe() {}

  /// @param contrast whether colours are looked at, too, which takes most of the time
  static void check(Page page, boolean contrast) {
    if (page.evaluate("() => typeof axe === 'undefined'").equals(true)) {
      page.evaluate(AxeBuilder.getAxeScript());
    }
    if (page.evaluate(RUN, contrast) instanceof List<?> broken && !broken.isEmpty()) {
      StringBuilder text = new StringBuilder("axe finds in ").append(page.url()).append(':');
      broken.forEach(line -> text.append("\n  ").append(line));
      throw new AssertionError(text.toString());
    }
  }
}
