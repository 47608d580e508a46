package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.app.Running.Ask;
import io.pulso.server.people.People;
import io.pulso.server.people.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Goals, dashboards and comments of a team, as programs read and change them.
@Timeout(120)
class TeamApiTest {
  private static final int COMMENTS = 7;
  private static Running running;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    running = Running.on(folder, Map.of());
    String key = running.server().key("shop");
    Instant first = Instant.now().minus(3, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    StringBuilder calls = new StringBuilder();
    // Two at the same instant each.
    for (int i = 0; i < COMMENTS; i++) {
      String said = "{\"kind\":\"nps\",\"score\":%d,\"comment\":\"Word %d\"}".formatted(i, i);
      calls.append(call("ann" + i, "Survey Answered", said, first.plusSeconds(i / 2)));
    }
    calls.append(call("visitor", "Survey Answered", "{\"kind\":\"nps\",\"score\":5}", first));
    calls.append(
        call(
            "ann0",
            "Survey Answered",
            "{\"kind\":\"csat\",\"score\":\"nan\",\"comment\":\"Fine <b>100 %</b>\"}",
            first));
    calls.append(call("ann0", "Order Completed", "{\"order_id\":\"o1\",\"value\":120}", first));
    calls.append(call("ann1", "Order Completed", "{\"order_id\":\"o2\",\"value\":80}", first));
    calls.append(
        ",{\"type\":\"identify\",\"userId\":\"ann1\",\"anonymousId\":\"tablet\",\"timestamp\":\"%s\",\"traits\":{\"name\":\"Zqname\"}}"
            .formatted(first));
    running.post("/v1/batch", key, "{\"batch\":[" + calls.substring(1) + "]}");
    running.until("/api/v1/status", "\"received\":" + (COMMENTS + 5));
    running.until("/api/v1/metrics/purchases.orders", "\"value\":2");
  }

  private static String call(String user, String event, String properties, Instant at) {
    return ",{\"type\":\"track\",\"event\":\"%s\",\"userId\":\"%s\",\"timestamp\":\"%s\",\"properties\":%s}"
        .formatted(event, user, at, properties);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static JsonNode json(String body) {
    return JsonMapper.shared().readTree(body);
  }

  private static JsonNode got(String path) throws Exception {
    return json(running.get(path));
  }

  private static HttpResponse<String> sent(String method, String path, String body)
      throws Exception {
    return running.send(new Ask(method, path, running.admin(), body));
  }

  private static void refused(int status, String method, String path, String body, String says)
      throws Exception {
    HttpResponse<String> answer = sent(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(says);
  }

  private static Browser signedIn(Role role) throws Exception {
    var person =
        running
            .server()
            .people()
            .add(
                new People.Wanted(
                    "p%d@example.org".formatted(System.nanoTime()), "Mia", role, "", "en"));
    Browser browser = new Browser(running.url());
    browser.cookies.put(
        "pulso", running.server().sessions().start(person, "127.0.0.1").cookieValue());
    browser.get("/dashboards");
    return browser;
  }

  private static String location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void a_goal_set_by_a_program_is_told_as_on_the_page_with_the_number_of_the_metric()
      throws Exception {
    String at = "/api/v1/goals/purchases.orders";
    String until = LocalDate.now(ZoneOffset.UTC).plusDays(40).toString();
    String body = "{\"target\":4.5,\"until\":\"%s\",\"days\":7}".formatted(until);
    refused(404, "GET", at, "", "has no goal");
    assertThat(sent("PUT", at, body).statusCode()).isEqualTo(200);
    JsonNode goal = got(at);
    assertThat(goal.path("value").asDouble()).isEqualTo(2);
    assertThat(goal.path("began").asDouble()).isEqualTo(2);
    assertThat(goal.path("share").asDouble()).isZero();
    assertThat(goal.path("state").asString()).isEqualTo("on_pace");
    assertThat(goal.path("until").asString()).isEqualTo(until);
    JsonNode metric =
        got(
            "/api/v1/metrics/purchases.orders?from=%s&to=%s"
                .formatted(goal.path("from").asString(), goal.path("to").asString()));
    assertThat(metric.path("value")).isEqualTo(goal.path("value"));
    assertThat(got("/api/v1/goals").path("goals").path(0)).isEqualTo(goal);
    try (Browser viewer = signedIn(Role.VIEWER);
        Browser analyst = signedIn(Role.ANALYST)) {
      // The page counts orders in whole numbers.
      assertThat(viewer.get("/dashboards").body()).contains("on pace", "2 of 5 by");
      Map<String, String> reached = Map.of("target", "2", "until", until);
      location(analyst.post("/metric/purchases.orders/goal?days=30", reached));
    }
    assertThat(got(at).path("state").asString()).isEqualTo("reached");
    assertThat(got(at).path("days").asInt()).isEqualTo(30);
    assertThat(sent("DELETE", at, "").statusCode()).isEqualTo(200);
    assertThat(got("/api/v1/goals").path("goals")).isEmpty();
    refused(404, "DELETE", at, "", "has no goal");
  }

  @Test
  void a_goal_without_sense_is_refused() throws Exception {
    String at = "/api/v1/goals/purchases.orders";
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    refused(404, "PUT", "/api/v1/goals/purchases.order", "{}", "did you mean");
    refused(400, "PUT", at, "{\"until\":\"2033-01-01\"}", "'target' is missing");
    refused(400, "PUT", at, "{\"target\":1}", "'until' is missing");
    refused(400, "PUT", at, "{\"target\":1,\"until\":\"%s\"}".formatted(today), "after today");
    refused(400, "PUT", at, "{\"target\":1,\"until\":\"2133-01-01\"}", "within 10 years");
    refused(400, "PUT", at, "{\"target\":1,\"until\":\"2033-01-01\",\"days\":0}", "from 1 to 366");
  }

  @Test
  void programs_see_shared_dashboards_and_change_their_own_alone() throws Exception {
    try (Browser analyst = signedIn(Role.ANALYST);
        Browser viewer = signedIn(Role.VIEWER)) {
      String board = location(analyst.post("/dashboards", Map.of("name", "Mine")));
      String theirs = "/api/v1" + board;
      refused(404, "GET", theirs, "", "there is no dashboard");
      location(analyst.post(board + "/add", Map.of("metric", "nps", "look", "parts")));
      location(analyst.post(board + "/team", Map.of("shared", "yes")));
      assertThat(got(theirs).toString())
          .contains(
              "\"editable\":false", "{\"metric\":\"nps\",\"look\":\"parts\",\"by\":\"channel\"}");
      String whole = "{\"name\":\"Other\",\"cards\":[]}";
      refused(403, "PUT", theirs, whole, "changes it there");
      refused(403, "DELETE", theirs, "", "changes it there");

      String cards = "[{\"metric\":\"purchases.net\"},{\"metric\":\"ctr\",\"look\":\"number\"}]";
      String wanted = "{\"name\":\"Ours\",\"cards\":%s}".formatted(cards);
      HttpResponse<String> made = sent("POST", "/api/v1/dashboards", wanted);
      assertThat(made.statusCode()).isEqualTo(201);
      String at = "/api/v1/dashboards/" + json(made.body()).path("id").asString();
      assertThat(got(at)).isEqualTo(json(made.body()));
      refused(409, "POST", "/api/v1/dashboards", wanted, "already");
      String page = at.replace("/api/v1", "");
      assertThat(viewer.get(page).body()).contains("Ours", "/metric/purchases.net?");
      assertThat(analyst.post(page + "/delete", Map.of()).statusCode()).isEqualTo(404);

      String other = "{\"name\":\"Theirs now\",\"cards\":[{\"metric\":\"mau\"}]}";
      assertThat(json(sent("PUT", at, other).body())).isEqualTo(got(at));
      assertThat(viewer.get(page).body())
          .contains("Theirs now", "/metric/mau?")
          .doesNotContain("purchases.net?");
      assertThat(sent("POST", "/api/v1/dashboards", wanted).statusCode()).isEqualTo(201);
      refused(409, "PUT", at, wanted, "already");
      assertThat(running.get("/api/v1/dashboards")).contains("Mine", "Ours", "Theirs now");
      assertThat(sent("DELETE", at, "").statusCode()).isEqualTo(200);
      assertThat(viewer.get(page).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void cards_that_could_not_be_shown_are_refused() throws Exception {
    String at = "/api/v1/dashboards";
    String card = "{\"name\":\"Wrong\",\"cards\":[%s]}";
    refused(400, "POST", at, card.formatted("{\"metric\":\"np\"}"), "did you mean");
    refused(400, "POST", at, card.formatted("{\"metric\":\"nps\",\"look\":\"pie\"}"), "'look'");
    refused(400, "POST", at, card.formatted("{\"metric\":\"nps\",\"look\":\"parts\"}"), "'by'");
    refused(400, "POST", at, card.formatted("{\"metric\":\"nps\",\"by\":\"channel\"}"), "'by'");
    refused(400, "POST", at, card.formatted("{\"metric\":\"nps\",\"size\":1}"), "'size'");
    String many = String.join(",", java.util.Collections.nCopies(25, "{\"metric\":\"nps\"}"));
    refused(400, "POST", at, card.formatted(many), "at most 24");
    refused(400, "POST", at, "{\"name\":\" \"}", "'name' is missing");
    assertThat(running.get(at)).doesNotContain("Wrong");
  }

  @Test
  void comments_are_paged_newest_first_each_once() throws Exception {
    List<String> words = new ArrayList<>();
    String next = "";
    int pages = 0;
    do {
      JsonNode page = got("/api/v1/surveys/nps/comments?limit=2&cursor=" + next);
      page.path("comments").forEach(comment -> words.add(comment.path("comment").asString()));
      next = page.path("next").asString("");
      pages++;
    } while (!next.isEmpty());
    assertThat(pages).isEqualTo(4);
    assertThat(words).hasSize(COMMENTS).doesNotHaveDuplicates();
    assertThat(words.getFirst()).isEqualTo("Word 6");
    assertThat(words.subList(5, 7)).containsExactlyInAnyOrder("Word 0", "Word 1");
    JsonNode newest = got("/api/v1/surveys/nps/comments?limit=1").path("comments").path(0);
    assertThat(newest.propertyNames())
        .containsExactlyInAnyOrder("customer", "score", "comment", "at");
    assertThat(newest.path("customer").asString()).isEqualTo("ann6");
    assertThat(newest.path("score").asDouble()).isEqualTo(6);
    String cursor = got("/api/v1/surveys/nps/comments?limit=1").path("next").asString();
    refused(
        400, "GET", "/api/v1/surveys/nps/comments?search=word&cursor=" + cursor, "", "'cursor'");
    refused(404, "GET", "/api/v1/surveys/other/comments", "", "nps, csat, effort");
  }

  @Test
  void comments_are_searched_and_tell_no_traits_nor_numbers_that_are_none() throws Exception {
    assertThat(got("/api/v1/surveys/nps/comments?search=wORD%203").path("comments")).hasSize(1);
    String csat = running.get("/api/v1/surveys/csat/comments");
    assertThat(csat).contains("Fine <b>100 %</b>", "\"score\":null");
    assertThat(running.get("/api/v1/surveys/nps/comments")).doesNotContain("Zqname");
    assertThat(got("/api/v1/surveys/nps/comments?to=2020-01-31").path("comments")).isEmpty();
  }

  @Test
  void comments_of_merged_ids_are_the_customers_and_those_of_who_left_are_gone() throws Exception {
    String key = running.server().key("other");
    String now = Instant.now().minus(2, ChronoUnit.DAYS).toString();
    String calls =
        """
        {"batch":[
          {"type":"track","event":"Survey Answered","anonymousId":"tablet","timestamp":"%1$s","properties":{"kind":"effort","score":7,"comment":"On the tablet"}},
          {"type":"track","event":"Survey Answered","userId":"gone","timestamp":"%1$s","properties":{"kind":"effort","score":1,"comment":"Forget me"}},
          {"type":"track","event":"Survey Answered","userId":"quiet","timestamp":"%1$s","properties":{"kind":"effort","score":2,"comment":"Leave me"}}]}
        """
            .formatted(now);
    assertThat(running.post("/v1/batch", key, calls).statusCode()).isEqualTo(200);
    String at = "/api/v1/surveys/effort/comments";
    assertThat(running.until(at, "Leave me"))
        .contains("Forget me", "\"customer\":\"ann1\",\"score\":7");
    assertThat(sent("DELETE", "/api/v1/customers/gone", "").statusCode()).isEqualTo(200);
    String objected = "{\"processing\":\"objected\"}";
    assertThat(sent("PUT", "/api/v1/customers/quiet/processing", objected).statusCode())
        .isEqualTo(200);
    assertThat(running.get(at)).contains("On the tablet").doesNotContain("Forget", "Leave");
  }
}
