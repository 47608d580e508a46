package io.pulso.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What `/pulso.js` does where the server cannot be reached: nothing is lost, nothing comes twice,
/// and no page grows without bound.
class BrowserScriptOfflineTest extends SampleShop {
  private static final int MOST = 200;

  @Test
  void events_wait_until_the_browser_is_online() throws Exception {
    site("data-pages=off", "<p>text</p>");
    BrowserContext visitor = visitor();
    Page page = visit(visitor, "/");
    visitor.setOffline(true);
    page.evaluate("pulso('track', 'One'); pulso('track', 'Two')");
    page.waitForFunction("JSON.stringify({...localStorage}).includes('Two')");
    assertThat(requests()).noneMatch(each -> each.startsWith("POST"));
    visitor.setOffline(false);
    assertThat(names(events(page, 2))).containsExactly("One", "Two");
    page.waitForFunction("!JSON.stringify({...localStorage}).includes('Two')");
  }

  @Test
  void what_a_page_could_not_send_is_sent_by_the_next_one() throws Exception {
    site("data-pages=off", "<p>text</p>");
    BrowserContext visitor = visitor();
    Page page = visit(visitor, "/");
    visitor.setOffline(true);
    page.evaluate("pulso('track', 'Left Behind')");
    page.close();
    visitor.setOffline(false);
    Page next = visit(visitor, "/next");
    next.evaluate("pulso('track', 'Later')");
    List<JsonNode> events = events(next, 2);
    assertThat(names(events)).containsExactly("Left Behind", "Later");
    assertThat(texts(events, "/anonymousId").stream().distinct()).hasSize(1);
  }

  @Test
  void a_server_that_is_busy_is_asked_again_later() throws Exception {
    browser.expectError("status of 503");
    site("data-pages=off", "<p>text</p>");
    BrowserContext visitor = visitor();
    visitor.clock().install();
    AtomicInteger asked = new AtomicInteger();
    visitor.route(
        "**/v1/batch",
        route -> {
          if (asked.incrementAndGet() <= 3) {
            route.fulfill(new Route.FulfillOptions().setStatus(503));
          } else {
            route.resume();
          }
        });
    Page page = visit(visitor, "/");
    page.evaluate("pulso('track', 'Patient')");
    for (int i = 1; i <= 4; i++) {
      int tries = i;
      page.clock().runFor(20_000);
      page.waitForCondition(() -> asked.get() >= tries);
      page.waitForTimeout(50);
    }
    assertThat(names(events(page, 1))).containsExactly("Patient");
    assertThat(asked).hasValue(4);
  }

  @Test
  void a_server_that_is_away_is_not_pressed() {
    browser.expectError("status of 503");
    site("data-pages=off", "<p>text</p>");
    BrowserContext visitor = visitor();
    visitor.clock().install();
    AtomicInteger asked = new AtomicInteger();
    visitor.route(
        "**/v1/batch",
        route -> {
          asked.incrementAndGet();
          route.fulfill(new Route.FulfillOptions().setStatus(503));
        });
    Page page = visit(visitor, "/");
    page.evaluate("pulso('track', 'Patient')");
    for (int i = 0; i < 60; i++) {
      page.clock().runFor(60_000);
      page.waitForTimeout(5);
    }
    // Ten pauses that double, then one try in about four minutes; a slow machine asks less often.
    assertThat(asked.get()).isBetween(4, 40);
  }

  @Test
  void only_the_last_events_wait() throws Exception {
    site("data-pages=off", "<p>text</p>");
    BrowserContext visitor = visitor();
    Page page = visit(visitor, "/");
    visitor.setOffline(true);
    page.evaluate("() => { for (let i = 0; i < 250; i++) pulso('track', 'E ' + i); }");
    page.waitForFunction("JSON.stringify({...localStorage}).includes('E 249')");
    visitor.setOffline(false);
    List<String> names = names(events(page, MOST));
    assertThat(names).contains("E 50", "E 249").doesNotContain("E 49").doesNotHaveDuplicates();
    assertThat(requests().stream().filter(each -> each.startsWith("POST")).count())
        .isGreaterThan(1);
  }

  @Test
  void events_that_are_too_large_hold_up_no_others() throws Exception {
    browser.expectError("status of 413");
    site("data-pages=off", "<p>text</p>");
    Page page = visit("/");
    page.evaluate("pulso('track', 'Large', {text: '字'.repeat(200000)}); pulso('track', 'Small')");
    assertThat(names(events(page, 1))).containsExactly("Small");
    assertThat(kept(page)).doesNotContain("Large");
  }

  @Test
  void spoilt_storage_breaks_nothing() throws Exception {
    site("data-pages=off", "<p>text</p>");
    BrowserContext visitor = visitor();
    Page page = visit(visitor, "/");
    page.evaluate(
        """
        key => {
          localStorage.setItem('pulso.' + key, '[1');
          localStorage.setItem('pulso.' + key + '.x', '{"a":1}');
          localStorage.setItem('pulso.' + key + '.y', '["no json"]');
          localStorage.setItem('pulso.' + key + '.z', 'nothing');
        }
        """,
        key());
    page.reload();
    running(page);
    page.evaluate("pulso('track', 'Still Here')");
    assertThat(names(events(page, 1))).containsExactly("Still Here");
  }

  @Test
  void storage_that_is_forbidden_is_done_without() throws Exception {
    site("data-pages=off", "<p>text</p>");
    BrowserContext visitor = visitor();
    visitor.addInitScript(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})");
    Page page = visit(visitor, "/");
    page.evaluate("pulso('track', 'One'); pulso('track', 'Two')");
    List<JsonNode> events = events(page, 2);
    assertThat(texts(events, "/anonymousId").stream().distinct()).hasSize(1);
  }
}
