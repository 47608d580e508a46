package io.pulso.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What `/pulso.js` leaves alone.
class BrowserScriptPrivacyTest extends SampleShop {
  private static final String NOTHING = "{}";

  /// Whatever people do on a page.
  private static void live(Page page) {
    page.evaluate("pulso('track', 'Busy'); pulso('identify', 'ann'); pulso('group', 'acme')");
    page.click("button");
    page.evaluate("history.pushState({}, '', '/other')");
    page.clock().runFor(600_000);
    page.mouse().move(10, 10);
    page.clock().runFor(600_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Object.defineProperty(Navigator.prototype, 'doNotTrack', {get: () => '1'})",
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true})",
      })
  void who_does_not_want_it_is_left_alone(String signal) throws Exception {
    site("data-cookie", "<button data-pulso='Pressed'>press</button>");
    BrowserContext visitor = visitor();
    visitor.addInitScript(signal);
    visitor.clock().install();
    Page page = visit(visitor, "/");
    live(page);
    page.evaluate("pulso('consent', true)");
    live(page);
    assertThat(kept(page)).isEqualTo(NOTHING);
    page.navigate("about:blank");
    assertThat(requests()).containsExactly("GET /pulso.js");
    assertThat(stored()).isEmpty();
  }

  @Test
  void what_was_kept_is_removed_when_somebody_no_longer_wants_it() throws Exception {
    site("data-cookie", "<p>text</p>");
    BrowserContext visitor = visitor();
    Page page = visit(visitor, "/");
    assertThat(kept(page)).contains("pulso." + key(), "pulso_id=");
    events(page, 1);
    visitor.addInitScript(
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true})");
    page.reload();
    running(page);
    assertThat(kept(page)).isEqualTo(NOTHING);
  }

  @Test
  void before_consent_nothing_is_written_or_sent() throws Exception {
    site("data-consent data-cookie", "<button data-pulso='Pressed'>press</button>");
    BrowserContext visitor = visitor();
    visitor.clock().install();
    Page page = visit(visitor, "/");
    live(page);
    assertThat(kept(page)).isEqualTo(NOTHING);
    assertThat(visitor.cookies()).isEmpty();
    page.navigate("about:blank");
    assertThat(requests()).containsExactly("GET /pulso.js");
    assertThat(stored()).isEmpty();
  }

  @Test
  void consent_sends_what_the_page_held_and_is_remembered() throws Exception {
    site("data-consent data-time=off", "<p>text</p>");
    BrowserContext visitor = visitor();
    Page page = visit(visitor, "/landing");
    page.evaluate("pulso('track', 'Looked Around')");
    page.evaluate("pulso('consent', {Analytics: true, Marketing: false})");
    List<JsonNode> events = events(page, 2);
    assertThat(names(events)).containsExactly("page", "Looked Around");
    assertThat(events.getFirst().at("/context/consent/categoryPreferences").toString())
        .isEqualTo("{\"Analytics\":true,\"Marketing\":false}");
    Page next = visit(visitor, "/next");
    assertThat(texts(events(next, 3), "/anonymousId").stream().distinct()).hasSize(1);
    assertThat(visitor.cookies()).isEmpty();
  }

  @Test
  void consent_that_is_refused_or_taken_back_leaves_nothing() throws Exception {
    site("data-consent=Statistics data-cookie", "<button data-pulso='Pressed'>press</button>");
    BrowserContext visitor = visitor();
    visitor.clock().install();
    Page page = visit(visitor, "/");
    page.evaluate("pulso('consent', {Statistics: false})");
    live(page);
    assertThat(kept(page)).isEqualTo(NOTHING);
    page.evaluate("pulso('consent', {Statistics: true})");
    page.evaluate("pulso('track', 'Now')");
    page.clock().runFor(2_000);
    assertThat(names(events(page, 1))).containsExactly("Now");
    assertThat(kept(page)).contains("pulso_id=");
    page.evaluate("pulso('track', 'Never'); pulso('consent', false)");
    live(page);
    assertThat(kept(page)).isEqualTo(NOTHING);
    page.reload();
    running(page);
    live(page);
    page.navigate("about:blank");
    assertThat(names(events(1))).containsExactly("Now");
  }

  @Test
  void without_a_consent_rule_a_refusal_is_remembered_and_can_be_taken_back() throws Exception {
    site("data-time=off", "<p>text</p>");
    BrowserContext visitor = visitor();
    Page page = visit(visitor, "/");
    events(page, 1);
    page.evaluate("pulso('consent', false)");
    assertThat(kept(page)).isEqualTo("{\"pulso.%s\":\"{\\\"x\\\":true}\"}".formatted(key()));
    page.reload();
    running(page);
    page.evaluate("pulso('track', 'Never')");
    page.evaluate("pulso('consent', true); pulso('track', 'Again')");
    List<JsonNode> events = events(page, 2);
    assertThat(names(events)).containsExactly("page", "Again");
    assertThat(texts(events, "/anonymousId")).doesNotHaveDuplicates();
  }

  @Test
  void there_is_no_cookie_unless_the_site_allows_one() throws Exception {
    site("data-time=off", "<p>text</p>");
    BrowserContext visitor = visitor();
    events(visit(visitor, "/"), 1);
    assertThat(visitor.cookies()).isEmpty();
    site("data-cookie data-storage=none data-time=off", "<p>text</p>");
    Page page = visit(visitor, "/");
    events(page, 2);
    assertThat(visitor.cookies()).hasSize(1);
    assertThat(visitor.cookies().getFirst().sameSite.name()).isEqualTo("LAX");
    page.reload();
    running(page);
    List<String> visitors = texts(events(page, 3), "/anonymousId");
    assertThat(visitors.get(1)).isEqualTo(visitors.get(2)).isNotEqualTo(visitors.get(0));
    assertThat(visitors.get(1)).isEqualTo(visitor.cookies().getFirst().value);
  }

  @Test
  void without_storage_each_page_is_another_visitor() throws Exception {
    site("data-storage=none data-time=off", "<p>text</p>");
    BrowserContext visitor = visitor();
    Page page = visit(visitor, "/");
    events(page, 1);
    assertThat(kept(page)).isEqualTo(NOTHING);
    page.reload();
    running(page);
    assertThat(texts(events(page, 2), "/anonymousId")).doesNotHaveDuplicates();
  }
}
