package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.people.People;
import io.pulso.server.people.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Campaigns, surveys, dashboards and goals, as different people see them.
@Timeout(120)
class CampaignPagesTest {
  private static Running running;

  /// Three days ago.
  private static String sent() {
    return Instant.now().minus(3, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    running = Running.on(folder, Map.of());
    String key = running.server().key("shop");
    StringBuilder calls = new StringBuilder();
    track(calls, "zqann", "Email Delivered", "{\"campaign\":\"<i>spring</i>\"}");
    track(calls, "zqann", "Email Link Clicked", "{\"campaign\":\"<i>spring</i>\"}");
    track(calls, "zqann", "Order Completed", "{\"order_id\":\"o1\",\"value\":120}");
    track(calls, "zqann", "Social Liked", "{\"post\":\"p1\"}");
    track(
        calls,
        "zqann",
        "Survey Answered",
        "{\"kind\":\"nps\",\"score\":9,\"comment\":\"So <b>easy</b> to use\"}");
    track(
        calls,
        "zqbob",
        "Survey Answered",
        "{\"kind\":\"nps\",\"score\":2,\"comment\":\"Too slow\"}");
    calls.append(
        ",{\"type\":\"identify\",\"userId\":\"zqann\",\"timestamp\":\"%s\",\"traits\":{\"name\":\"Zqname\",\"email\":\"zq@mail.example\"}}"
            .formatted(sent()));
    running.post("/v1/batch", key, "{\"batch\":[" + calls.substring(1) + "]}");
    running.until("/api/v1/status", "\"received\":7");
    running.until("/api/v1/metrics/campaign.revenue.last", "\"value\":120");
  }

  private static void track(StringBuilder calls, String user, String event, String properties) {
    calls.append(
        ",{\"type\":\"track\",\"event\":\"%s\",\"userId\":\"%s\",\"timestamp\":\"%s\",\"properties\":%s}"
            .formatted(event, user, sent(), properties));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static Browser signedIn(Role role, String accounts) {
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

  private static String part(Browser browser, String path) throws Exception {
    HttpResponse<String> answer = browser.get(path, "HX-Request", "true");
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  private static String location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void each_section_is_told_with_its_campaigns() throws Exception {
    try (Browser viewer = signedIn(Role.VIEWER, "")) {
      assertThat(viewer.get("/campaigns").body())
          .contains("hx-get=\"/campaigns/email?days=30&amp;touch=last\"");
      assertThat(part(viewer, "/campaigns/campaigns?days=7&touch=first"))
          .contains("&lt;i&gt;spring&lt;/i&gt;", ">120</td>", "First touch")
          .doesNotContain("<i>spring</i>");
      assertThat(part(viewer, "/campaigns/email?days=7")).contains("E-mail click rate", ">100%<");
      assertThat(part(viewer, "/campaigns/social?days=7&by=properties.network"))
          .contains("data-chart=\"lines\"", "Network");
      assertThat(viewer.get("/campaigns/campaigns/parts.csv?days=7&by=campaign").body())
          .startsWith("Campaign,\"Campaign revenue, last touch\"")
          .contains("<i>spring</i>,120,1,1,1,0,");
      assertThat(viewer.get("/campaigns/nothing", "HX-Request", "true").statusCode())
          .isEqualTo(404);
      assertThat(viewer.get("/campaigns/app/parts.csv").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void who_sees_some_accounts_is_told_of_channels_alone() throws Exception {
    try (Browser limited = signedIn(Role.MANAGER, "account.owner == me")) {
      assertThat(part(limited, "/campaigns/campaigns?days=7&by=campaign"))
          .contains(">email</td>")
          .doesNotContain("spring");
      assertThat(limited.get("/surveys?days=7").body()).doesNotContain("Too slow", "zqbob");
    }
  }

  @Test
  void surveys_tell_answers_and_comments_to_those_who_may_know() throws Exception {
    try (Browser manager = signedIn(Role.MANAGER, "");
        Browser viewer = signedIn(Role.VIEWER, "")) {
      String page = manager.get("/surveys?days=7").body();
      assertThat(page)
          .contains("Zqname", "So &lt;b&gt;easy&lt;/b&gt; to use", "Too slow", "Answers")
          .contains("No period has a value yet");
      assertThat(manager.get("/surveys?days=7&q=SLOW").body())
          .contains("Too slow")
          .doesNotContain("easy");
      assertThat(viewer.get("/surveys?days=7").body()).contains("zqann").doesNotContain("Zqname");
      assertThat(viewer.get("/surveys?kind=csat&days=7").body()).contains("No comments");
      assertThat(viewer.get("/surveys?days=7&by=traits.email").body()).contains("That is personal");
      assertThat(manager.get("/surveys/answers.csv?kind=nps&days=7").body())
          .contains("\r\n2,1,50%\r\n", "\r\n9,1,50%\r\n", "\r\n10,0,0%\r\n");
    }
  }

  @Test
  void a_dashboard_is_arranged_by_its_owner_and_seen_by_the_team_once_it_is_shared()
      throws Exception {
    try (Browser analyst = signedIn(Role.ANALYST, "");
        Browser manager = signedIn(Role.MANAGER, "")) {
      analyst.get("/dashboards");
      String board = location(analyst.post("/dashboards", Map.of("name", "Week <1>")));
      assertThat(analyst.post("/dashboards", Map.of("name", "Week <1>")).statusCode())
          .isEqualTo(400);
      for (String metric : new String[] {"purchases.net", "nps.answers", "campaign.cost"}) {
        location(analyst.post(board + "/add", Map.of("metric", metric, "look", "line")));
      }
      location(
          analyst.post(
              board + "/add",
              Map.of("metric", "purchases.gross", "look", "parts", "by", "traits.email")));
      assertThat(analyst.post(board + "/add", Map.of("metric", "nothing")).statusCode())
          .isEqualTo(404);
      assertThat(
              analyst
                  .post(board + "/add", Map.of("metric", "nps", "look", "parts", "by", "plan"))
                  .statusCode())
          .isEqualTo(400);
      assertThat(part(analyst, board + "/cards/0?days=7"))
          .contains("<b>120</b>", "data-chart=\"lines\"");
      assertThat(part(analyst, board + "/cards/3?days=7"))
          .contains("That is personal")
          .doesNotContain("zq@mail");
      location(analyst.post(board + "/cards/1/move", Map.of("to", "earlier")));
      assertThat(part(analyst, board + "/cards/1?days=7")).contains("<b>120</b>");
      location(analyst.post(board + "/cards/2/take", Map.of()));
      assertThat(analyst.get(board).body())
          .contains("Week &lt;1&gt;")
          .doesNotContain("metric/campaign.cost?");
      assertThat(manager.get(board).statusCode()).isEqualTo(404);
      location(analyst.post(board + "/team", Map.of("shared", "yes")));
      assertThat(manager.get("/dashboards").body()).contains(board);
      assertThat(part(manager, board + "/cards/2?days=7")).contains("zq@mail.example");
      assertThat(manager.post(board + "/delete", Map.of()).statusCode()).isEqualTo(404);
      isShared(manager, board);
      assertThat(location(analyst.post(board + "/delete", Map.of()))).isEqualTo("/dashboards");
      assertThat(analyst.get(board).statusCode()).isEqualTo(404);
    }
  }

  /// A snapshot has numbers, and nothing that names a person.
  private static void isShared(Browser manager, String board) throws Exception {
    String made = manager.post(board + "/share?days=7", Map.of("days", "3")).body();
    Matcher url = Pattern.compile("id=\"share-url\"[^>]*>[^<]*(/shared/[^<]+)<").matcher(made);
    assertThat(url.find()).as(made).isTrue();
    try (Browser stranger = new Browser(running.url())) {
      assertThat(stranger.get(url.group(1)).body())
          .contains("Week &lt;1&gt;", "<b>120</b>", "data-chart=\"lines\"")
          .doesNotContain("zq@mail", "traits.email");
      Matcher revoke =
          Pattern.compile("action=\"(/shares/[0-9a-f]+/revoke)\"")
              .matcher(manager.get(board + "/share").body());
      assertThat(revoke.find()).isTrue();
      assertThat(location(manager.post(revoke.group(1), Map.of()))).isEqualTo(board + "/share");
      assertThat(stranger.get(url.group(1)).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void a_goal_is_set_with_a_day_and_told_with_its_progress() throws Exception {
    String until = LocalDate.now(ZoneOffset.UTC).plusDays(40).toString();
    try (Browser analyst = signedIn(Role.ANALYST, "");
        Browser viewer = signedIn(Role.VIEWER, "")) {
      analyst.get("/metric/purchases.orders?days=7");
      location(
          analyst.post(
              "/metric/purchases.orders/goal?days=7", Map.of("target", "5", "until", until)));
      assertThat(viewer.get("/metric/purchases.orders").body())
          .contains("on pace", "0 % of the way", "1 of 5 by")
          .doesNotContain("Remove goal");
      assertThat(viewer.get("/dashboards").body()).contains("1 of 5 by");
      location(
          analyst.post(
              "/metric/purchases.orders/goal?days=7", Map.of("target", "1", "until", until)));
      assertThat(viewer.get("/dashboards").body()).contains("reached").doesNotContain("1 of 5 by");
      for (Map<String, String> wrong :
          List.of(
              Map.of("target", "x", "until", until),
              Map.of("target", "5", "until", "2020-01-01"),
              Map.of("target", "5", "until", "soon"))) {
        assertThat(analyst.post("/metric/purchases.orders/goal", wrong).statusCode())
            .isEqualTo(400);
      }
      location(analyst.post("/metric/purchases.orders/goal/remove", Map.of()));
      assertThat(viewer.get("/dashboards").body()).doesNotContain("reached");
    }
  }

  @Test
  void an_engagement_score_is_worked_out_with_its_band() throws Exception {
    try (Browser viewer = signedIn(Role.VIEWER, "")) {
      assertThat(
              part(
                  viewer,
                  "/calculators/engagement_score?events=Login%3A%205%20x%203%0AInvite%3A%2010%20x%206"))
          .contains("<b>75</b>", "Highly engaged");
    }
    assertThat(running.get("/api/v1/calculators/engagement_score?events=5x3,-20x1"))
        .contains("\"value\":-5", "\"band\":\"churn_risk\"");
  }
}
