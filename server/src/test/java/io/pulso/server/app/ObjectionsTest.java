package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.app.Running.Ask;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// People who objected, through a real server.
@Timeout(120)
class ObjectionsTest {
  private static final String PRODUCT =
      """
      name: product
      bands: [{id: low, below: 10}, {id: high}]
      activities:
        - {name: logins, match: event == "Login", points: 6}
      """;
  private static final String COMPANIES =
      """
      name: companies
      subject: account
      activities:
        - {name: logins, match: event == "Login", points: 6}
      """;
  private static final Map<String, String> MODELS =
      Map.of("product", PRODUCT, "companies", COMPANIES);
  private static final String OBJECTED = "\"processing\":\"objected\"";
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
    send(
        "track",
        "{\"userId\":\"%s\",\"event\":\"Login\",\"messageId\":\"%s\",\"context\":{\"groupId\":\"acme\"}}"
            .formatted(user, id));
  }

  private void send(String type, String body) throws Exception {
    assertThat(running().post("/v1/" + type, key, body).statusCode()).isEqualTo(200);
    sent++;
  }

  /// Waits until everything that was sent is loaded.
  private void loaded() throws Exception {
    running().until("/api/v1/status", "\"stored\":" + sent);
  }

  private HttpResponse<String> put(String id, String token, String body) throws Exception {
    return running()
        .send(new Ask("PUT", "/api/v1/customers/%s/processing".formatted(id), token, body));
  }

  private void object(String id) throws Exception {
    HttpResponse<String> answer =
        put(id, running().admin(), "{\"processing\":\"objected\",\"note\":\"by mail\"}");
    assertThat(answer.body()).contains(OBJECTED, "\"objected_at\":\"20");
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private void undo(String id) throws Exception {
    assertThat(put(id, running().admin(), "{\"processing\":\"normal\"}").body())
        .contains("\"processing\":\"normal\"", "\"objected_at\":null");
  }

  @Test
  void whoever_objected_has_no_score_at_once_and_everything_says_why() throws Exception {
    object("ann");
    assertThat(running().get(SCORE.formatted("ann")))
        .contains("\"score\":null", "\"band\":null", OBJECTED);
    assertThat(running().get("/api/v1/customers/ann?model=product"))
        .contains("\"score\":null", "\"band\":null", OBJECTED, "\"first_seen\":\"20");
    assertThat(running().get("/api/v1/customers/ann/explanation?model=product"))
        .contains("\"score_to\":null", "\"lines\":[]", OBJECTED);
    assertThat(running().get("/api/v1/customers/ann/explanation?model=product&from=2026-01-01"))
        .contains("\"score_from\":null", "\"score_to\":null", "\"lines\":[]", OBJECTED);
    assertThat(running().get("/api/v1/customers/ann/history?model=product"))
        .contains("\"days\":[]", OBJECTED);
    assertThat(running().get("/api/v1/customers/ann/next?model=product"))
        .contains("\"score\":null", "\"steps\":[]", OBJECTED);
    assertThat(running().get("/api/v1/customers/ann/timeline?model=product"))
        .contains("\"message_id\":\"m1\"", "\"activities\":[]")
        .doesNotContain("points_about");
    assertThat(running().get("/api/v1/customers?model=product"))
        .contains("\"total\":2", "\"objected\":1", "\"score\":null", OBJECTED)
        .contains("\"processing\":\"normal\",\"score\":6")
        .doesNotContain("\"score\":12");
    assertThat(running().get("/api/v1/customers?model=product&filter=score%20%3E%3D%200"))
        .contains("\"total\":1", "\"objected\":0");
    assertThat(running().get("/api/v1/exports/scores?model=product&format=csv"))
        .contains("\nbob,")
        .doesNotContain("ann");
    assertThat(running().get("/api/v1/exports/customers?format=csv"))
        .contains("ann,", ",objected\n", ",normal\n");
    assertThat(running().get("/api/v1/customers/bob/score?model=product"))
        .contains("\"score\":6")
        .doesNotContain(OBJECTED);
  }

  @Test
  void an_account_is_scored_without_whoever_objected() throws Exception {
    String acme = "/api/v1/accounts/acme/%s?model=companies";
    assertThat(running().get(acme.formatted("score"))).contains("\"score\":18");
    object("ann");
    assertThat(running().get(acme.formatted("score"))).contains("\"score\":6");
    assertThat(running().get(acme.formatted("explanation")))
        .contains("\"score_to\":6", "\"events\":[\"m3\"]", "\"events_total\":1");
    assertThat(running().get("/api/v1/accounts?model=companies")).contains("\"score\":6");
    undo("ann");
    assertThat(running().get(acme.formatted("score"))).contains("\"score\":18");
  }

  @Test
  void events_go_on_to_be_stored_and_count_again_once_it_is_taken_back() throws Exception {
    object("ann");
    login("ann", "m4");
    loaded();
    assertThat(running().get(SCORE.formatted("ann"))).contains("\"score\":null", OBJECTED);
    undo("ann");
    assertThat(running().get(SCORE.formatted("ann")))
        .contains("\"score\":18")
        .doesNotContain("processing");
    assertThat(running().get("/api/v1/customers?model=product"))
        .contains("\"objected\":0", "\"score\":18");
  }

  @Test
  void it_holds_for_every_id_of_the_person_also_for_one_that_is_linked_later() throws Exception {
    send("track", "{\"anonymousId\":\"phone\",\"event\":\"Login\",\"messageId\":\"p1\"}");
    running().until(SCORE.formatted("phone"), "\"score\":6");
    object("phone");
    assertThat(running().get(SCORE.formatted("bob"))).contains("\"score\":6");
    send("identify", "{\"userId\":\"bob\",\"anonymousId\":\"phone\",\"messageId\":\"i1\"}");
    loaded();
    assertThat(running().get(SCORE.formatted("bob"))).contains("\"score\":null", OBJECTED);
    assertThat(running().get(SCORE.formatted("phone"))).contains("\"subject\":\"bob\"", OBJECTED);
    assertThat(running().get("/api/v1/objections"))
        .contains("\"id\":\"phone\",\"customer\":\"bob\"", "\"note\":\"by mail\"");
    undo("bob");
    assertThat(running().get(SCORE.formatted("phone"))).contains("\"score\":12");
  }

  @Test
  void it_is_written_down_who_entered_it_and_who_took_it_back() throws Exception {
    String crm = running().server().token("crm", Scope.WRITE);
    assertThat(put("ann", crm, "{\"processing\":\"objected\"}").statusCode()).isEqualTo(200);
    assertThat(put("ann", crm, "{\"processing\":\"objected\"}").statusCode()).isEqualTo(200);
    assertThat(running().get("/api/v1/objections"))
        .containsOnlyOnce("\"id\":\"ann\"")
        .contains("\"author\":\"crm\"", "\"withdrawn_at\":null");
    undo("ann");
    assertThat(running().get("/api/v1/objections")).contains("\"objections\":[]");
    assertThat(running().get("/api/v1/objections?withdrawn=true"))
        .contains(
            "\"author\":\"crm\"", "\"withdrawn_at\":\"20", "\"withdrawn_by\":\"this machine\"");
    object("ann");
    assertThat(running().get("/api/v1/objections?withdrawn=true&limit=1"))
        .contains("\"author\":\"this machine\"", "\"next\":\"2\"");
    assertThat(running().get("/api/v1/objections?withdrawn=true&limit=1&cursor=2"))
        .contains("\"author\":\"crm\"");
  }

  @Test
  void what_makes_no_sense_is_refused() throws Exception {
    String admin = running().admin();
    assertThat(put("nobody", admin, "{\"processing\":\"objected\"}").statusCode()).isEqualTo(404);
    assertThat(
            running()
                .send(new Ask("GET", "/api/v1/customers/nobody/processing", admin, ""))
                .statusCode())
        .isEqualTo(404);
    assertThat(put("ann", admin, "{\"processing\":\"Objected\"}").body())
        .contains("'processing' is one of objected, normal");
    assertThat(put("ann", admin, "{\"processing\":\"normal\",\"note\":\"x\"}").statusCode())
        .isEqualTo(400);
    assertThat(put("ann", admin, "{\"processing\":\"objected\",\"note\":\"a\\nb\"}").statusCode())
        .isEqualTo(400);
    String reader = running().server().token("reader", Scope.READ);
    assertThat(put("ann", reader, "{\"processing\":\"objected\"}").statusCode()).isEqualTo(403);
    assertThat(running().get(SCORE.formatted("ann"))).contains("\"score\":12");
  }

  @Test
  void it_holds_after_a_restart() throws Exception {
    object("ann");
    running().close();
    running = Running.on(folder.resolve("other"), MODELS);
    running().close();
    Workspace workspace = Workspace.open(folder);
    ServerSettings settings = ServerSettings.of(Map.of("port", "0"), Map.of());
    Server server = new Server(workspace, settings, java.time.Clock.systemUTC());
    ServerFile.Place place = ServerFile.read(workspace).orElseThrow();
    running =
        new Running(server, place.url(), place.token(), java.net.http.HttpClient.newHttpClient());
    assertThat(running().get(SCORE.formatted("ann"))).contains("\"score\":null", OBJECTED);
    login("ann", "m9");
    running().until("/api/v1/status", "\"stored\":1");
    assertThat(running().get(SCORE.formatted("ann"))).contains("\"score\":null", OBJECTED);
    assertThat(running().get("/api/v1/customers?model=product")).contains("\"objected\":1");
  }

  @Test
  void the_stream_tells_of_it() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(running().url() + "/api/v1/stream"))
            .header("Authorization", "Bearer " + running().admin())
            .build();
    HttpResponse<InputStream> response =
        running().client().send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      object("ann");
      assertThat(until(lines, "processing")).contains(OBJECTED, "\"subject\":\"ann\"");
      assertThat(until(lines, "score")).contains("\"score_before\":12", "\"score\":null");
      login("ann", "m4");
      login("bob", "m5");
      assertThat(until(lines, "score")).contains("\"subject\":\"bob\"");
      undo("ann");
      assertThat(until(lines, "processing")).contains("\"processing\":\"normal\"");
      assertThat(until(lines, "score")).contains("\"score_before\":null", "\"score\":18");
    }
  }

  private static String until(BufferedReader lines, String event) throws Exception {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals("event: " + event)) {
        return lines.readLine();
      }
    }
    throw new AssertionError("the stream ended");
  }
}
