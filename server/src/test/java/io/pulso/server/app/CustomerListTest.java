package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.app.Running.Ask;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Lists, one customer or account, and timelines over the API of a real server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomerListTest {
  private static final int PEOPLE = 40;
  private static final String PRODUCT =
      """
      name: product
      activities:
        - {name: logins, match: event == "Login", points: 5, cap: {per_day: 2}, decay: {half_life: 7d}}
        - {name: paid, match: event == "Paid", unit: value, points: 1}
        - {name: features, match: event == "Used", unit: {distinct: properties.feature}, points: 3}
      """;
  private static final String COMPANIES =
      """
      name: companies
      subject: account
      activities:
        - {name: logins, match: event == "Login", points: 5}
      """;

  private @Nullable Running running;

  private Running running() {
    return Objects.requireNonNull(running);
  }

  /// Customer p07 paid 7 points; the even ones are of acme; p00 to p09 are on the pro plan.
  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    running = Running.on(folder, Map.of("product", PRODUCT, "companies", COMPANIES));
    String key = running().server().key("web");
    Instant now = Instant.now();
    List<String> calls = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      String id = "p%02d".formatted(i);
      calls.add(
          "{\"type\":\"identify\",\"userId\":\"%s\",\"traits\":{\"name\":\"Person %s\",\"email\":\"%s@Example.org\",\"plan\":\"%s\",\"n\":%d},\"timestamp\":\"%s\"}"
              .formatted(id, i, id, i < 10 ? "pro" : "free", i, now.minus(3, ChronoUnit.DAYS)));
      if (i % 2 == 0) {
        calls.add(
            "{\"type\":\"group\",\"userId\":\"%s\",\"groupId\":\"acme\",\"traits\":{\"tier\":\"gold\"},\"timestamp\":\"%s\"}"
                .formatted(id, now.minus(2, ChronoUnit.DAYS)));
      }
      calls.add(track(id, "Paid", "{\"value\":%d}".formatted(i % 10), now, "paid" + i));
    }
    for (int i = 0; i < 3; i++) {
      calls.add(track("p01", "Login", "{}", now.minusSeconds(60L * (3 - i)), "login" + i));
    }
    calls.add(track("p01", "Used", "{\"feature\":\"a\"}", now.minusSeconds(300), "used0"));
    calls.add(track("p01", "Used", "{\"feature\":\"a\"}", now.minusSeconds(200), "used1"));
    calls.add(track("p02", "Login", "{}", now.minus(10, ChronoUnit.DAYS), "old"));
    calls.add(
        "{\"type\":\"track\",\"anonymousId\":\"anon-1\",\"event\":\"Paid\",\"properties\":{\"value\":99},\"timestamp\":\"%s\"}"
            .formatted(now));
    calls.add(
        "{\"type\":\"identify\",\"userId\":\"p03\",\"anonymousId\":\"anon-3\",\"timestamp\":\"%s\"}"
            .formatted(now));
    String body = "{\"batch\":[" + String.join(",", calls) + "]}";
    assertThat(running().post("/v1/batch", key, body).statusCode()).isEqualTo(200);
    running().until("/api/v1/status", "\"received\":" + calls.size());
  }

  private static String track(String id, String event, String properties, Instant at, String no) {
    return "{\"type\":\"track\",\"userId\":\"%s\",\"event\":\"%s\",\"properties\":%s,\"timestamp\":\"%s\",\"messageId\":\"%s\"}"
        .formatted(id, event, properties, at, no);
  }

  @AfterAll
  void stop() {
    running().close();
  }

  private HttpResponse<String> send(String path) throws Exception {
    return running().send(new Ask("GET", path, running().admin(), ""));
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = send(path);
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<String> ids(JsonNode answer) {
    List<String> ids = new ArrayList<>();
    answer.path("customers").forEach(row -> ids.add(row.path("id").asString()));
    return ids;
  }

  private List<String> filtered(String filter) throws Exception {
    return ids(get("/api/v1/customers?limit=1000&filter=" + encoded(filter)));
  }

  @Test
  void pages_hold_everybody_once_in_every_order() throws Exception {
    for (String sort :
        List.of("id", "score", "-score", "last_seen", "-last_seen", "first_seen", "-first_seen")) {
      List<String> seen = new ArrayList<>();
      List<Double> scores = new ArrayList<>();
      String cursor = "";
      do {
        JsonNode page = get("/api/v1/customers?limit=7&sort=" + sort + "&cursor=" + cursor);
        assertThat(page.path("total").asInt()).isEqualTo(PEOPLE);
        seen.addAll(ids(page));
        page.path("customers").forEach(row -> scores.add(row.path("score").asDouble()));
        cursor = page.path("next").asString("");
      } while (!cursor.isEmpty());
      assertThat(seen).as(sort).hasSize(PEOPLE);
      assertThat(new HashSet<>(seen)).as(sort).hasSize(PEOPLE);
      if (sort.equals("id")) {
        assertThat(seen).isSorted();
      }
      if (sort.equals("-score")) {
        assertThat(scores).isSortedAccordingTo((a, b) -> Double.compare(b, a));
      }
      if (sort.equals("score")) {
        assertThat(scores).isSorted();
      }
    }
  }

  @Test
  void a_filter_asks_traits_account_scores_and_what_was_done() throws Exception {
    assertThat(filtered("traits.plan == \"pro\"")).hasSize(10);
    assertThat(filtered("!(traits.plan == \"pro\")")).hasSize(30);
    assertThat(filtered("traits.n >= 38")).containsExactly("p38", "p39");
    assertThat(filtered("account.tier == \"gold\" && traits.n < 5"))
        .containsExactly("p00", "p02", "p04");
    assertThat(filtered("score == 9.0")).containsExactly("p09", "p19", "p29", "p39");
    assertThat(filtered("score > 8 && traits.plan == \"pro\" || score > 15"))
        .containsExactly("p01", "p09");
    assertThat(filtered("count(\"Login\", \"7d\") == 3")).containsExactly("p01");
    assertThat(filtered("count(\"Login\", \"30d\") >= 1")).containsExactly("p01", "p02");
    assertThat(filtered("days_since(\"Login\") == 10")).containsExactly("p02");
    assertThat(filtered("!has(traits.nothing) && days_since(\"Login\") < 5"))
        .containsExactly("p01");
    assertThat(filtered("band in [\"power_user\"]")).isEmpty();
    assertThat(filtered("ramping && !inactive && identified")).hasSize(PEOPLE);
  }

  @Test
  void a_filter_that_is_wrong_says_where() throws Exception {
    for (String wrong :
        List.of(
            "event == \"x\"",
            "scores > 1",
            "score > traits.n",
            "score",
            "count(\"x\", \"1w\")",
            "score.x > 1")) {
      HttpResponse<String> answer = send("/api/v1/customers?filter=" + encoded(wrong));
      assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
    }
    assertThat(send("/api/v1/customers?filter=" + encoded("scores > 1")).body())
        .contains("did you mean 'score'");
  }

  @Test
  void search_looks_at_ids_names_and_addresses() throws Exception {
    assertThat(ids(get("/api/v1/customers?search=P3"))).hasSize(10);
    assertThat(ids(get("/api/v1/customers?search=person%2039"))).containsExactly("p39");
    assertThat(ids(get("/api/v1/customers?search=P17%40example"))).containsExactly("p17");
    assertThat(ids(get("/api/v1/customers?search=%25"))).isEmpty();
  }

  @Test
  void anonymous_visitors_are_told_when_they_are_asked_for() throws Exception {
    assertThat(ids(get("/api/v1/customers?population=all&sort=-score&limit=1")))
        .containsExactly("anon-1");
    assertThat(get("/api/v1/customers").path("total").asInt()).isEqualTo(PEOPLE);
  }

  @Test
  void a_cursor_belongs_to_its_list() throws Exception {
    String next = get("/api/v1/customers?limit=5&sort=score").path("next").asString();
    for (String other :
        List.of("sort=-score", "sort=score&search=p", "sort=score&population=all")) {
      assertThat(send("/api/v1/customers?" + other + "&cursor=" + next).statusCode())
          .isEqualTo(400);
    }
    assertThat(send("/api/v1/customers?cursor=AAAA").statusCode()).isEqualTo(400);
  }

  @Test
  void scores_of_a_list_are_those_of_the_customers() throws Exception {
    JsonNode list = get("/api/v1/customers?limit=1000");
    assertThat(list.path("model").asString()).isEqualTo("product");
    for (JsonNode row : list.path("customers")) {
      JsonNode one =
          get("/api/v1/customers/%s/score".formatted(row.path("id").asString()) + "?model=product");
      assertThat(row.path("score")).isEqualTo(one.path("score"));
      assertThat(row.path("band")).isEqualTo(one.path("band"));
    }
  }

  @Test
  void one_customer_has_its_traits_other_ids_and_account() throws Exception {
    JsonNode one = get("/api/v1/customers/anon-3");
    assertThat(one.path("id").asString()).isEqualTo("p03");
    assertThat(one.path("other_ids").toString()).isEqualTo("[\"anon-3\"]");
    assertThat(one.path("traits").path("plan").asString()).isEqualTo("pro");
    assertThat(get("/api/v1/customers/p04").path("account").asString()).isEqualTo("acme");
    assertThat(send("/api/v1/customers/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void an_account_has_its_people() throws Exception {
    JsonNode acme = get("/api/v1/accounts/acme");
    assertThat(acme.path("people_total").asInt()).isEqualTo(PEOPLE / 2);
    assertThat(acme.path("people").path(0).path("id").asString()).isEqualTo("p00");
    assertThat(get("/api/v1/accounts").path("accounts").path(0).path("id").asString())
        .isEqualTo("acme");
    assertThat(ids(get("/api/v1/customers?account=acme"))).hasSize(PEOPLE / 2);
    assertThat(ids(get("/api/v1/customers?account=nobody"))).isEmpty();
  }

  @Test
  void a_timeline_tells_events_with_their_points_newest_first() throws Exception {
    JsonNode line = get("/api/v1/customers/p01/timeline");
    List<String> told = new ArrayList<>();
    for (JsonNode event : line.path("events")) {
      told.add(
          event.path("message_id").asString()
              + " "
              + event.path("activities").path(0).path("points_about").asDouble());
    }
    // The third login is over the day's cap, the second use of a feature is not another one.
    assertThat(told)
        .containsExactly(
            "paid1 1.0", "login2 0.0", "login1 5.0", "login0 5.0", "used1 0.0", "used0 3.0");
    assertThat(get("/api/v1/customers/p01/timeline?event=Used").path("events")).hasSize(2);
    assertThat(get("/api/v1/customers/p01/timeline?source=other").path("events")).isEmpty();
    assertThat(get("/api/v1/customers/p01/timeline?to=2020-01-01").path("events")).isEmpty();
  }

  @Test
  void a_timeline_of_an_account_tells_what_each_of_its_people_did() throws Exception {
    List<String> people = new ArrayList<>();
    JsonNode line = get("/api/v1/accounts/acme/timeline?limit=500");
    line.path("events").forEach(event -> people.add(event.path("id").asString()));
    assertThat(line.path("subject").asString()).isEqualTo("acme");
    assertThat(people).contains("p02").doesNotContain("p01");
    assertThat(Set.copyOf(people))
        .isEqualTo(Set.copyOf(ids(get("/api/v1/customers?account=acme"))));
  }

  @Test
  void a_timeline_goes_on_where_it_stopped() throws Exception {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get("/api/v1/customers/p01/timeline?limit=2&cursor=" + cursor);
      page.path("events").forEach(event -> seen.add(event.path("message_id").asString()));
      cursor = page.path("next").asString("");
    } while (!cursor.isEmpty());
    assertThat(seen).containsExactly("paid1", "login2", "login1", "login0", "used1", "used0");
  }
}
