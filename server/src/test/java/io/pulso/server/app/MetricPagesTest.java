package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.people.People;
import io.pulso.server.people.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The pages of metrics and calculators, as different people see them.
@Timeout(120)
class MetricPagesTest {
  @TempDir private Path folder;

  private static String call(String user, int views) {
    String then = Instant.now().minus(3, ChronoUnit.DAYS).toString();
    StringBuilder calls =
        new StringBuilder(
            "{\"type\":\"identify\",\"userId\":\"%1$s\",\"timestamp\":\"%2$s\",\"traits\":{\"email\":\"%1$s@zqmail.example\",\"plan\":\"<b>pro</b>\"}}"
                .formatted(user, then));
    for (int i = 0; i < views; i++) {
      calls.append(
          ",{\"type\":\"page\",\"name\":\"Home\",\"userId\":\"%s\",\"timestamp\":\"%s\"}"
              .formatted(user, then));
    }
    return "{\"batch\":[" + calls + "]}";
  }

  @Test
  void a_metric_is_told_with_its_parts_to_those_who_may_see_them() throws Exception {
    try (Running running = Running.on(folder, Map.of())) {
      String key = running.server().key("web");
      running.post("/v1/batch", key, call("zqann", 3));
      running.post("/v1/batch", key, call("zqbob", 4));
      running.until("/api/v1/status", "\"received\":9");
      running.until("/api/v1/metrics/page_views", "\"value\":7");

      try (Browser manager = signedIn(running, Role.MANAGER, "")) {
        String page = manager.get("/metric/page_views?by=traits.email").body();
        assertThat(page).contains("<b>7</b>", "zqann@zqmail.example", "zqbob@zqmail.example");
        assertThat(manager.get("/metric/page_views?by=traits.plan").body())
            .contains("&lt;b&gt;pro&lt;/b&gt;")
            .doesNotContain("<b>pro</b>");
        assertThat(manager.get("/metric/page_views?by=plan").body())
            .contains("“plan” is none: use channel");
        assertThat(manager.get("/metric/page_views?by=name&every=month").body()).contains("Home");
        assertThat(manager.get("/metric/dau?by=channel").body()).contains("cannot be broken down");
        assertThat(manager.get("/metric/nothing").statusCode()).isEqualTo(404);
        assertThat(manager.get("/metric/page_views/series.csv?days=7").body()).contains(",7,7,");
        assertThat(manager.get("/metric").body()).contains("Page views", "Net promoter score");
      }
      try (Browser viewer = signedIn(running, Role.VIEWER, "")) {
        assertThat(viewer.get("/metric/page_views?by=traits.email").body())
            .contains("<b>7</b>", "That is personal")
            .doesNotContain("zqmail");
      }
      try (Browser limited = signedIn(running, Role.MANAGER, "account.owner == me")) {
        assertThat(limited.get("/metric/page_views?by=traits.email").body())
            .contains("Since you see some accounts only")
            .doesNotContain("zqmail");
        assertThat(limited.get("/metric/page_views?by=channel").body())
            .doesNotContain("Since you see some accounts only");
      }
    }
  }

  /// Views and clicks of ads of some customers, so many days ago.
  private static void ads(Running running, String key, Ads ads) throws Exception {
    StringBuilder calls = new StringBuilder();
    for (int customer = 0; customer < ads.customers(); customer++) {
      for (int view = 0; view < ads.views(); view++) {
        event(calls, ads.name() + customer, "Ad Viewed", ads.days());
      }
      if (customer < ads.clicks()) {
        event(calls, ads.name() + customer, "Ad Clicked", ads.days());
      }
    }
    running.post("/v1/batch", key, "{\"batch\":[" + calls + "]}");
  }

  private record Ads(String name, int customers, int days, int views, int clicks) {}

  private static void event(StringBuilder calls, String user, String event, int days) {
    calls
        .append(calls.isEmpty() ? "" : ",")
        .append(
            "{\"type\":\"track\",\"userId\":\"%s\",\"event\":\"%s\",\"timestamp\":\"%s\"}"
                .formatted(user, event, Instant.now().minus(days, ChronoUnit.DAYS)));
  }

  @Test
  void beside_a_change_is_told_what_became_of_the_same_customers() throws Exception {
    try (Running running = Running.on(folder, Map.of())) {
      String key = running.server().key("web");
      ads(running, key, new Ads("old", 40, 75, 1, 0));
      ads(running, key, new Ads("old", 40, 40, 1, 10));
      ads(running, key, new Ads("old", 40, 10, 1, 20));
      ads(running, key, new Ads("new", 30, 10, 5, 0));
      running.until("/api/v1/status", "\"received\":300");
      running.until("/api/v1/metrics/ads.views", "\"value\":190");
      try (Browser viewer = signedIn(running, Role.VIEWER, "")) {
        // 10 of 40 before, 20 of 190 now; of those who were there before, 20 of 40.
        assertThat(viewer.get("/metric/ctr?days=30").body())
            .contains("−14.5%", "hx-get=\"/metric/ctr/same?days=30\"");
        // One day of thirty has values; of counts there is nothing to tell.
        assertThat(viewer.get("/metric/ctr/series.csv?days=30&every=day").body())
            .contains("At least (95 %)")
            .containsPattern(",10\\.526[0-9]*,[0-9.]+,[0-9.]+,190,");
        assertThat(viewer.get("/metric/ctr?days=30&every=day").body())
            .containsPattern("10.5% \\([0-9.]+% to [0-9.]+%\\)");
        assertThat(viewer.get("/metric/ads.views/series.csv?days=30&every=day").body())
            .doesNotContain("95 %");
        String same = viewer.get("/metric/ctr/same?days=30").body();
        assertThat(same)
            .contains("(40 who were there before", "from 25% to 50%, +25%")
            .contains("same plan and tenure: +25%")
            .contains("it moved the other way");
        assertThat(viewer.get("/metric/ads.views/same?days=30").body())
            .contains("from 40 to 40, ±0")
            .doesNotContain("tenure", "the other way");
        assertThat(viewer.get("/metric/ctr/same?days=90").body()).isBlank();
        assertThat(viewer.get("/metric/ctr/same?days=7").body()).isBlank();
        assertThat(viewer.get("/metric/campaign.cost/same?days=30").body()).isBlank();
        assertThat(viewer.get("/metric/mau/same?days=30").body()).contains("from 40 to 40, ±0");
        assertThat(viewer.get("/metric/backlog/same?days=30").body()).isBlank();
      }
    }
  }

  @Test
  void a_value_beyond_what_is_usual_says_so() throws Exception {
    try (Running running = Running.on(folder, Map.of());
        Browser viewer = signedIn(running, Role.VIEWER, "");
        Browser admin = signedIn(running, Role.ADMIN, "")) {
      String key = running.server().key("web");
      running.post("/v1/batch", key, call("zqann", 3));
      running.post("/v1/batch", key, call("zqbob", 1));
      running.until("/api/v1/metrics/bounce_rate", "\"value\":50");
      assertThat(viewer.get("/metric/bounce_rate").body())
          .contains("Usual: 0% to 40%; this is high");
      Matcher hash =
          Pattern.compile("name=\"hash\" value=\"([0-9a-f]+)\"")
              .matcher(admin.get("/settings/workspace").body());
      assertThat(hash.find()).isTrue();
      Map<String, String> line = Map.of("hash", hash.group(1), "bounce_line", "50");
      assertThat(admin.post("/settings/workspace", line).statusCode()).isEqualTo(303);
      assertThat(viewer.get("/metric/bounce_rate").body())
          .contains("Usual: 0% to 50%")
          .doesNotContain("this is high");
    }
  }

  @Test
  void calculators_answer_as_one_types() throws Exception {
    try (Running running = Running.on(folder, Map.of());
        Browser browser = signedIn(running, Role.VIEWER, "")) {
      assertThat(browser.get("/calculators").body()).contains("58.33%", "3.67", "<b>64</b>");
      assertThat(part(browser, "/calculators/ctr?clicks=60&views=100")).contains("<b>60%</b>");
      assertThat(part(browser, "/calculators/ctr?clicks=0&views=0"))
          .contains("nothing to divide by");
      assertThat(part(browser, "/calculators/ctr?clicks=x&views=3"))
          .contains("Please check “Clicks”")
          .doesNotContain("<b>");
      assertThat(browser.get("/calculators/nothing").statusCode()).isEqualTo(404);
    }
  }

  private static String part(Browser browser, String path) throws Exception {
    return browser.get(path, "HX-Request", "true").body();
  }

  private static Browser signedIn(Running running, Role role, String accounts) {
    var person =
        running
            .server()
            .people()
            .add(
                new People.Wanted(
                    "p%d@example.org".formatted(System.nanoTime()), "Ann", role, accounts, "en"));
    Browser browser = new Browser(running.url());
    browser.cookies.put(
        "pulso", running.server().sessions().start(person, "127.0.0.1").cookieValue());
    return browser;
  }
}
