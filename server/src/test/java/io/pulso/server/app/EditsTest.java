package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.app.Running.Ask;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What people and programs change by hand, through a real server.
@Timeout(120)
class EditsTest {
  private static final String PRODUCT =
      """
      name: product
      bands: [{id: low, below: 10}, {id: high}]
      activities:
        - {name: logins, match: event == "Login", points: 6}
        - {name: vip, match: 'event == "Login" && traits.vip', points: 1}
      """;
  private static final String COMPANIES =
      """
      name: companies
      subject: account
      activities:
        - {name: logins, match: event == "Login", points: 6, cap: {per_person: 2}}
        - {name: errors, match: event == "Error Shown", points: -1}
      """;
  private static final Map<String, String> MODELS =
      Map.of("product", PRODUCT, "companies", COMPANIES);
  private static final String SCORE = "/api/v1/customers/%s/score?model=product";

  @TempDir private Path folder;
  private @Nullable Running running;
  private String key = "";
  private int sent;

  @BeforeEach
  void start() throws Exception {
    running = Running.on(folder, MODELS);
    key = running().server().key("web");
    login("ann", "m1");
    login("ann", "m2");
    login("bob", "m3");
    running().until(SCORE.formatted("ann"), "\"score\":12");
    running().until(SCORE.formatted("bob"), "\"score\":6");
  }

  @AfterEach
  void stop() {
    running().close();
  }

  private Running running() {
    return Objects.requireNonNull(running);
  }

  private void login(String user, String id) throws Exception {
    track(user, "Login", id);
  }

  private void track(String user, String event, String id) throws Exception {
    send(
        "track",
        "{\"userId\":\"%s\",\"event\":\"%s\",\"messageId\":\"%s\",\"context\":{\"groupId\":\"acme\"}}"
            .formatted(user, event, id));
  }

  private void send(String type, String body) throws Exception {
    assertThat(running().post("/v1/" + type, key, body).statusCode()).isEqualTo(200);
    sent++;
  }

  private void loaded() throws Exception {
    running().until("/api/v1/status", "\"stored\":" + sent);
  }

  private String ask(int status, String method, String path, String body) throws Exception {
    HttpResponse<String> answer = running().send(new Ask(method, path, running().admin(), body));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer.body();
  }

  @Test
  void a_trait_set_by_hand_holds_at_once_and_has_a_history() throws Exception {
    String at = "/api/v1/customers/ann/traits";
    assertThat(ask(200, "PUT", at, "{\"traits\":{\"plan\":\"pro\",\"seats\":3,\"vip\":true}}"))
        .contains("\"plan\":\"pro\"", "\"seats\":3", "\"vip\":true");
    assertThat(running().get("/api/v1/customers?filter=traits.plan%20%3D%3D%20%22pro%22"))
        .contains("\"total\":1");
    login("ann", "m4");
    running().until(SCORE.formatted("ann"), "\"score\":19");
    assertThat(ask(200, "PUT", at, "{\"traits\":{\"plan\":\"team\",\"seats\":null}}"))
        .contains("\"traits\":{\"plan\":\"team\",\"vip\":true}");
    String history = running().get("/api/v1/customers/ann/trait-history?trait=plan");
    assertThat(history.indexOf("\"pro\"")).isPositive().isLessThan(history.indexOf("\"team\""));
    assertThat(running().get("/api/v1/customers/ann/trait-history?trait=seats"))
        .contains("\"value\":3", "\"value\":null");
    assertThat(running().get("/api/v1/exports/events?source=pulso"))
        .contains("\"type\":\"identify\"", "\"userId\":\"ann\"");
    assertThat(ask(200, "PUT", "/api/v1/accounts/acme/owner", "{\"owner\":\"mia\"}"))
        .contains("\"owner\":\"mia\"");
    assertThat(running().get("/api/v1/accounts?filter=account.owner%20%3D%3D%20%22mia%22"))
        .contains("\"total\":1");
    assertThat(ask(200, "PUT", "/api/v1/accounts/acme/owner", "{\"owner\":null}"))
        .contains("\"traits\":{}");
  }

  @Test
  void a_trait_of_a_visitor_stays_the_visitors() throws Exception {
    send("track", "{\"anonymousId\":\"phone\",\"event\":\"Login\",\"messageId\":\"p1\"}");
    running().until(SCORE.formatted("phone"), "\"score\":6");
    ask(200, "PUT", "/api/v1/customers/phone/traits", "{\"traits\":{\"vip\":true}}");
    assertThat(running().get("/api/v1/customers/phone"))
        .contains("\"identified\":false", "\"vip\":true");
  }

  @Test
  void points_by_hand_are_in_the_score_at_once_as_a_line_of_their_own() throws Exception {
    String wanted = "{\"model\":\"product\",\"points\":-2.5,\"days\":30,\"reason\":\"a refund\"}";
    String given = ask(201, "POST", "/api/v1/customers/ann/adjustments", wanted);
    assertThat(given).contains("\"points\":-2.5", "\"author\":\"this machine\"", "\"holds\":true");
    assertThat(running().get(SCORE.formatted("ann"))).contains("\"score\":9.5", "\"band\":\"low\"");
    assertThat(running().get("/api/v1/customers/%s/explanation?model=product".formatted("ann")))
        .contains("{\"cause\":\"manual\",\"activity\":null,\"points\":-2.5}");
    assertThat(running().get(SCORE.formatted("bob"))).contains("\"score\":6");
    login("ann", "m5");
    running().until(SCORE.formatted("ann"), "\"score\":15.5");
    assertThat(ask(200, "DELETE", "/api/v1/adjustments/1", ""))
        .contains("\"holds\":false", "\"ended_by\":\"this machine\"");
    assertThat(running().get(SCORE.formatted("ann"))).contains("\"score\":18");
    assertThat(running().get("/api/v1/customers/ann/adjustments"))
        .contains("\"reason\":\"a refund\"", "\"holds\":false");
    ask(400, "DELETE", "/api/v1/adjustments/1", "");
    ask(404, "DELETE", "/api/v1/adjustments/2", "");
    String companies = wanted.replace("product", "companies");
    ask(404, "POST", "/api/v1/customers/ann/adjustments", companies);
    ask(404, "POST", "/api/v1/customers/nobody/adjustments", wanted);
    ask(400, "POST", "/api/v1/customers/ann/adjustments", wanted.replace("30", "91"));
    ask(400, "POST", "/api/v1/customers/ann/adjustments", wanted.replace("-2.5", "0.0001"));
    ask(200, "PUT", "/api/v1/customers/ann/processing", "{\"processing\":\"objected\"}");
    assertThat(ask(400, "POST", "/api/v1/customers/ann/adjustments", wanted))
        .contains("objected to being scored");
  }

  @Test
  void points_by_hand_are_in_the_score_of_an_account_and_not_in_those_of_its_people()
      throws Exception {
    String score = "/api/v1/accounts/acme/score?model=companies";
    running().until(score, "\"score\":18");
    String wanted = "{\"model\":\"companies\",\"points\":10.5,\"days\":30,\"reason\":\"a pilot\"}";
    String at = "/api/v1/accounts/acme/adjustments";
    assertThat(ask(201, "POST", at, wanted))
        .contains("\"account\":\"acme\"", "\"holds\":true")
        .doesNotContain("customer");
    assertThat(running().get(score)).contains("\"score\":28.5");
    assertThat(running().get(SCORE.formatted("ann"))).contains("\"score\":12");
    assertThat(running().get("/api/v1/accounts/acme/explanation?model=companies"))
        .contains("{\"cause\":\"manual\",\"activity\":null,\"points\":10.5}");
    assertThat(running().get("/api/v1/accounts?model=companies")).contains("\"score\":28.5");
    track("bob", "Error Shown", "m6");
    running().until(score, "\"score\":27.5");
    assertThat(running().get("/api/v1/accounts/acme/history?model=companies"))
        .contains("\"score\":27.5");
    assertThat(running().get(at)).contains("\"reason\":\"a pilot\"");
    ask(404, "POST", at, wanted.replace("companies", "product"));
    ask(404, "POST", "/api/v1/accounts/nobody/adjustments", wanted);
    ask(200, "DELETE", "/api/v1/adjustments/1", "");
    assertThat(running().get(score)).contains("\"score\":17");
    ask(200, "PUT", "/api/v1/customers/bob/processing", "{\"processing\":\"objected\"}");
    ask(201, "POST", at, wanted);
    running().until(score, "\"score\":22.5");
  }

  @Test
  void a_sentiment_is_kept_beside_the_score() throws Exception {
    String at = "/api/v1/customers/ann/sentiments";
    ask(201, "POST", at, "{\"mood\":\"good\"}");
    ask(201, "POST", at, "{\"mood\":\"bad\",\"note\":\"angry\"}");
    String told = running().get(at);
    assertThat(told.indexOf("\"bad\"")).isPositive().isLessThan(told.indexOf("\"good\""));
    assertThat(running().get(SCORE.formatted("ann"))).contains("\"score\":12");
    ask(201, "POST", "/api/v1/accounts/acme/sentiments", "{\"mood\":\"neutral\"}");
    assertThat(running().get("/api/v1/accounts/acme/sentiments"))
        .contains("\"neutral\"")
        .doesNotContain("angry");
    ask(400, "POST", at, "{\"mood\":\"great\"}");
  }

  @Test
  void a_wrong_link_is_undone_for_every_question_and_can_hold_again() throws Exception {
    send("track", "{\"anonymousId\":\"tablet\",\"event\":\"Login\",\"messageId\":\"t1\"}");
    send("identify", "{\"userId\":\"ann\",\"anonymousId\":\"tablet\",\"messageId\":\"i1\"}");
    running().until(SCORE.formatted("ann"), "\"score\":18");
    assertThat(running().get("/api/v1/customers/ann/links"))
        .contains("\"from\":\"tablet\",\"to\":\"ann\"", "\"undone\":[]");
    String body = "{\"from\":\"tablet\",\"note\":\"shared\"}";
    assertThat(ask(201, "POST", "/api/v1/undone-links", body)).contains("\"to\":\"ann\"");
    assertThat(running().get(SCORE.formatted("ann"))).contains("\"score\":12");
    assertThat(running().get(SCORE.formatted("tablet")))
        .contains("\"subject\":\"tablet\"", "\"score\":6");
    assertThat(running().get("/api/v1/customers?population=all")).contains("\"total\":3");
    login("ann", "m6");
    running().until(SCORE.formatted("ann"), "\"score\":18");
    ask(400, "POST", "/api/v1/undone-links", body);
    assertThat(ask(200, "DELETE", "/api/v1/undone-links/1", "")).contains("\"restored_at\":\"20");
    assertThat(running().get(SCORE.formatted("tablet")))
        .contains("\"subject\":\"ann\"", "\"score\":24");
    running().until("/api/v1/customers?population=all", "\"total\":2");
    ask(404, "DELETE", "/api/v1/undone-links/2", "");
  }

  @Test
  void many_are_changed_when_as_many_are_meant_as_were_seen() throws Exception {
    String meant = "{\"kind\":\"customer\",\"filter\":\"score > 0\"}";
    assertThat(ask(200, "POST", "/api/v1/bulk/count", meant)).isEqualTo("{\"count\":2}");
    String wanted =
        "{\"kind\":\"customer\",\"filter\":\"score > 0\",\"traits\":{\"owner\":\"mia\"},\"expected\":%d}";
    assertThat(ask(409, "POST", "/api/v1/bulk", wanted.formatted(1))).contains("are 2 now");
    String job = ask(202, "POST", "/api/v1/bulk", wanted.formatted(2));
    assertThat(job).contains("\"total\":2");
    String id = job.replaceAll(".*\"id\":\"(\\w+)\".*", "$1");
    assertThat(running().until("/api/v1/bulk/" + id, "\"state\":\"done\"")).contains("\"done\":2");
    assertThat(running().get("/api/v1/customers?filter=traits.owner%20%3D%3D%20%22mia%22"))
        .contains("\"total\":2");
    assertThat(running().get("/api/v1/bulk")).contains(id);
    ask(400, "POST", "/api/v1/bulk", wanted.replace("> 0", "> 99").formatted(0));
    ask(404, "GET", "/api/v1/bulk/nothing", "");
    String reader = running().server().token("reader", Scope.READ);
    assertThat(running().post("/api/v1/bulk", reader, wanted.formatted(2)).statusCode())
        .isEqualTo(403);
  }

  @Test
  void an_account_tells_how_it_stands_on_its_people() throws Exception {
    for (String id : java.util.List.of("ann", "bob", "eve")) {
      send(
          "group",
          "{\"userId\":\"%s\",\"groupId\":\"acme\",\"messageId\":\"g-%s\"}".formatted(id, id));
    }
    send("identify", "{\"userId\":\"eve\",\"messageId\":\"e1\"}");
    login("ann", "m7");
    track("bob", "Error Shown", "x1");
    loaded();
    // ann has 3 logins, of which 2 count, bob 1: she made two thirds of what lifts the score.
    String acme = running().until("/api/v1/accounts/acme?model=companies", "\"score\":17");
    assertThat(acme)
        .contains("\"people_total\":3", "\"people_active\":2", "\"breadth\":0.667")
        .contains("\"champion\":\"ann\"", "\"champion_share\":0.667");
    ask(200, "PUT", "/api/v1/customers/ann/processing", "{\"processing\":\"objected\"}");
    assertThat(running().get("/api/v1/accounts/acme?model=companies"))
        .contains("\"people_active\":1", "\"breadth\":0.5", "\"champion\":\"bob\"")
        .contains("\"champion_share\":1");
  }

  @Test
  void what_makes_no_sense_is_refused() throws Exception {
    String at = "/api/v1/customers/ann/traits";
    for (String wrong :
        java.util.List.of(
            "{\"traits\":{}}",
            "{\"traits\":{\"a\":[1]}}",
            "{\"traits\":{\"a\":{}}}",
            "{\"traits\":{\"\":1}}",
            "{\"traits\":{\"a\":\"%s\"}}".formatted("x".repeat(501)))) {
      ask(400, "PUT", at, wrong);
    }
    ask(404, "PUT", "/api/v1/customers/nobody/traits", "{\"traits\":{\"a\":1}}");
    ask(404, "PUT", "/api/v1/accounts/nobody/traits", "{\"traits\":{\"a\":1}}");
    ask(400, "GET", "/api/v1/customers/ann/trait-history", "");
    assertThat(running().get("/api/v1/customers/ann")).contains("\"traits\":{}");
  }
}
