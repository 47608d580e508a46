package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real server from the first key to the score of the event that was sent with it.
class ServerTest {
  private static final String MODEL =
      """
      name: product
      activities:
        - {name: logins, match: event == "Login", points: 5, cap: {per_day: 3}}
      """;

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Workspace workspace = new Workspace(Path.of(""), Settings.read("", ""));
  private @Nullable Server server;
  private String admin = "";

  @BeforeEach
  void start() throws IOException {
    NewWorkspace.make(folder, ZoneOffset.UTC);
    Files.writeString(folder.resolve("models/product.yaml"), MODEL);
    workspace = Workspace.open(folder);
    again();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  private void again() {
    stop();
    ServerSettings settings = ServerSettings.of(Map.of("port", "0"), Map.of());
    server = new Server(workspace, settings, Clock.systemUTC());
    admin = ServerFile.read(workspace).orElseThrow().token();
  }

  private HttpResponse<String> send(String method, String path, String token, String body)
      throws IOException, InterruptedException {
    String url = ServerFile.read(workspace).orElseThrow().url() + path;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private String key() throws IOException, InterruptedException {
    HttpResponse<String> made =
        send("POST", "/api/v1/keys", admin, "{\"source\":\"web\",\"value\":\"my-own-key\"}");
    assertThat(made.statusCode()).isEqualTo(201);
    return "my-own-key";
  }

  private static String login(String id, String who) {
    return "{\"userId\":\"%s\",\"event\":\"Login\",\"messageId\":\"%s\",\"timestamp\":\"%s\"}"
        .formatted(who, id, Instant.now());
  }

  /// Asks until the answer has some text, for at most half a minute.
  private String until(String path, String text) throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    String body = "";
    while (System.nanoTime() < end) {
      body = send("GET", path, admin, "").body();
      if (body.contains(text)) {
        return body;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError("no '%s' in %s".formatted(text, body));
  }

  @Test
  void an_event_that_is_sent_moves_the_score() throws Exception {
    String key = key();
    assertThat(send("POST", "/v1/track", key, login("m1", "ann")).statusCode()).isEqualTo(200);
    String score = until("/api/v1/customers/ann/score", "\"score\":5,");
    assertThat(score)
        .contains("\"subject\":\"ann\"", "\"model\":\"product\"", "\"band\":\"very_disengaged\"");
    assertThat(send("POST", "/v1/track", key, login("m2", "ann")).statusCode()).isEqualTo(200);
    until("/api/v1/customers/ann/score", "\"score\":10,");
    assertThat(send("GET", "/api/v1/customers/ann/explanation", admin, "").body())
        .contains("\"activity\":\"logins\"", "\"units_seen\":2", "\"events\":[\"m2\",\"m1\"]");
    assertThat(send("GET", "/api/v1/customers/ann/next", admin, "").body())
        .contains("\"next_band\":\"somewhat_engaged\"");
    assertThat(send("GET", "/api/v1/customers/ann/history", admin, "").body())
        .contains("\"score\":10");
  }

  @Test
  void what_was_received_is_stored_repeated_or_rejected() throws Exception {
    String key = key();
    for (int i = 0; i < 20; i++) {
      send("POST", "/v1/track", key, login("m" + i % 15, "u" + i));
    }
    assertThat(send("POST", "/v1/track", key, "{\"event\":\"Login\"}").statusCode()).isEqualTo(400);
    String status = until("/api/v1/status", "\"received\":21");
    assertThat(status)
        .contains("\"stored\":15", "\"duplicates\":5", "\"rejected\":{\"no_id\":1}")
        .contains("\"waiting_bytes\":0");
    assertThat(send("GET", "/api/v1/rejected", admin, "").body())
        .contains("\"reason\":\"no_id\"", "\"source\":\"web\"");
  }

  @Test
  void a_server_that_starts_again_goes_on_where_it_was() throws Exception {
    String key = key();
    send("POST", "/v1/track", key, login("m1", "ann"));
    again();
    until("/api/v1/customers/ann/score", "\"score\":5,");
    assertThat(send("POST", "/v1/track", key, login("m1", "ann")).statusCode()).isEqualTo(200);
    assertThat(send("POST", "/v1/track", key, login("m2", "ann")).statusCode()).isEqualTo(200);
    until("/api/v1/customers/ann/score", "\"score\":10,");
    assertThat(send("GET", "/api/v1/status", admin, "").body()).contains("\"duplicates\":1");
  }

  @Test
  void keys_and_tokens_are_made_and_end() throws Exception {
    String made =
        send("POST", "/api/v1/keys", admin, "{\"source\":\"app\",\"browser\":true}").body();
    assertThat(made).contains("\"value\":\"pub_");
    assertThat(send("GET", "/api/v1/keys", admin, "").body())
        .contains("\"source\":\"app\"")
        .doesNotContain("pub_");
    String token =
        send("POST", "/api/v1/tokens", admin, "{\"scope\":\"read\"}")
            .body()
            .replaceAll(".*\"value\":\"([^\"]+)\".*", "$1");
    assertThat(send("GET", "/api/v1/status", token, "").statusCode()).isEqualTo(200);
    assertThat(send("GET", "/api/v1/keys", token, "").statusCode()).isEqualTo(403);
    assertThat(send("GET", "/api/v1/status", "nonsense", "").statusCode()).isEqualTo(401);
    assertThat(send("GET", "/api/v1/status", "", "").statusCode()).isEqualTo(401);
    String id = made.replaceAll(".*?\"id\":\"([^\"]+)\".*", "$1");
    String value = made.replaceAll(".*\"value\":\"([^\"]+)\".*", "$1");
    assertThat(send("POST", "/v1/track", value, login("m", "x")).statusCode()).isEqualTo(200);
    assertThat(send("DELETE", "/api/v1/keys/" + id, admin, "").statusCode()).isEqualTo(200);
    assertThat(send("POST", "/v1/track", value, login("n", "x")).statusCode()).isEqualTo(401);
  }

  @Test
  void what_is_wrong_is_a_problem() throws Exception {
    key();
    for (String path :
        new String[] {
          "/api/v1/customers/nobody/score",
          "/api/v1/customers/x/score?day=yesterday",
          "/api/v1/customers/x/score?model=../../etc/passwd",
          "/api/v1/customers/x/history?from=2026-01-01&day=2025-01-01",
          "/api/v1/nothing"
        }) {
      HttpResponse<String> answer = send("GET", path, admin, "");
      assertThat(answer.statusCode()).as(path).isIn(400, 404);
      assertThat(answer.headers().firstValue("content-type").orElse(""))
          .as(path)
          .startsWith("application/problem+json");
    }
    HttpResponse<String> unknown = send("POST", "/api/v1/keys", admin, "{\"sauce\":\"x\"}");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).contains("'source' is missing");
  }
}
