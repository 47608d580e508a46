package io.pulso.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.pulso.server.people.Role;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// How open pages bring themselves up to date.
class LivePartsTest extends DataWorld {
  private static final String HIDE =
      """
      hidden => {
        Object.defineProperty(document, 'hidden', {get: () => hidden, configurable: true});
        document.dispatchEvent(new Event('visibilitychange'));
      }
      """;

  private Page begun(String key) throws Exception {
    track(key, "Begun", "ann");
    Page page = open("/data", Role.VIEWER);
    until(page, "Begun");
    return page;
  }

  private static List<String> asked(Page page, String path) {
    List<String> asked = new CopyOnWriteArrayList<>();
    page.onRequest(request -> {
      if (request.url().contains(path)) {
        asked.add(request.url());
      }
    });
    return asked;
  }

  @Test
  void a_page_asks_when_it_is_told_to_and_not_otherwise() throws Exception {
    String key = key("told");
    Page page = begun(key);
    page.waitForTimeout(1_500);
    List<String> asked = asked(page, "/data/live/new");
    page.waitForTimeout(5_000);
    assertThat(asked).isEmpty();
    track(key, "Second Event", "ann");
    assertThat(page.locator("#live-rows")).containsText("Second Event");
    assertThat(asked).hasSizeBetween(1, 3);
  }

  @Test
  void a_page_in_the_background_has_no_stream_and_asks_when_it_is_seen_again() throws Exception {
    String key = key("hidden");
    Page page = begun(key);
    page.evaluate(HIDE, true);
    List<String> asked = asked(page, "/data/live/new");
    track(key, "While Hidden", "ann");
    page.waitForTimeout(2_500);
    assertThat(asked).isEmpty();
    page.evaluate(HIDE, false);
    assertThat(page.locator("#live-rows")).containsText("While Hidden");
  }

  @Test
  void a_page_without_a_stream_asks_slowly() throws Exception {
    String key = key("slow");
    track(key, "Begun", "ann");
    until(open("/data", Role.VIEWER), "Begun");
    browser.expectError("EventSource|429");
    Page page = browser.context(Look.LIGHT).newPage();
    company().signIn(page.context(), Role.VIEWER, "en");
    page.route(
        "**/live/records", route -> route.fulfill(new Route.FulfillOptions().setStatus(429)));
    List<String> asked = asked(page, "/data/live/new");
    long begun = System.nanoTime();
    page.navigate(company().url() + "/data");
    page.waitForCondition(() -> !asked.isEmpty());
    track(key, "Found Slowly", "ann");
    assertThat(page.locator("#live-rows"))
        .containsText(
            "Found Slowly", new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
    // At first, at the refusal, and then every 15 seconds.
    long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    assertThat(asked).hasSizeLessThanOrEqualTo((int) (3 + seconds / 15));
  }

  @Test
  void the_overview_follows_the_board() throws Exception {
    String key = key("board");
    track(key, "Begun", "ann");
    Page page = open("/overview", Role.ADMIN);
    List<String> asked = asked(page, "/overview");
    List<String> streams = asked(page, "/live/board");
    page.reload();
    page.waitForCondition(() -> !streams.isEmpty());
    int before = asked.size();
    track(key, "Another", "bob");
    page.waitForCondition(() -> asked.size() > before);
    assertThat(asked.getLast()).contains("seen=");
  }
}
