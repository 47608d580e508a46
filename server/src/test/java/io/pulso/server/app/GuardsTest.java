package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real server with settings of its sources, started again.
class GuardsTest {
  private static final String LIMITED =
      """
      sources:
        web: {event_names: 3, property_keys: 3, new_visitors_per_minute: 4, consent: Analytics}
      """;

  @TempDir private Path folder;

  private static String login(String name, String key) {
    return "{\"userId\":\"u\",\"event\":\"%s\",\"properties\":{\"%s\":1}}".formatted(name, key);
  }

  private GuardedServer server(String sources) throws Exception {
    return new GuardedServer(folder.resolve("w"), sources, Map.of(), Clock.systemUTC());
  }

  @Test
  void names_and_keys_that_a_source_has_used_are_known_after_a_restart() throws Exception {
    try (GuardedServer server = server(LIMITED)) {
      for (String word : List.of("A", "B", "C")) {
        assertThat(server.post("/v1/track", login(word, word)).statusCode()).isEqualTo(200);
      }
      assertThat(server.post("/v1/track", login("D", "A")).body()).contains("too_many_names");
      assertThat(server.post("/v1/track", login("A", "D")).body()).contains("too_many_properties");
      String status = server.received(5);
      assertThat(status)
          .contains("\"stored\":3", "\"too_many_names\":1", "\"too_many_properties\":1");
      server.again();
      assertThat(server.post("/v1/track", login("C", "A")).statusCode()).isEqualTo(200);
      assertThat(server.post("/v1/track", login("E", "A")).body()).contains("too_many_names");
      assertThat(server.post("/v1/track", login("A", "E")).body()).contains("too_many_properties");
    }
  }

  @Test
  void visitors_that_were_seen_are_known_after_a_restart() throws Exception {
    try (GuardedServer server = server(LIMITED)) {
      server.api(
          "POST", "/api/v1/keys", "{\"source\":\"web\",\"browser\":true,\"value\":\"public-key\"}");
      for (int i = 0; i < 4; i++) {
        assertThat(visit(server, "v" + i).statusCode()).isEqualTo(200);
      }
      assertThat(visit(server, "v4").statusCode()).isEqualTo(429);
      server.received(5);
      server.again();
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 4; i++) {
          assertThat(visit(server, "v" + i).statusCode()).isEqualTo(200);
        }
      }
      for (int i = 5; i < 9; i++) {
        assertThat(visit(server, "v" + i).statusCode()).isEqualTo(200);
      }
      assertThat(visit(server, "v9").statusCode()).isEqualTo(429);
    }
  }

  private static HttpResponse<String> visit(GuardedServer server, String id) throws Exception {
    return server.send(
        "POST",
        "/v1/track",
        "public-key",
        "{\"anonymousId\":\"%s\",\"event\":\"A\"}".formatted(id));
  }

  @Test
  void who_declined_is_in_the_sum_but_nowhere_in_the_files() throws Exception {
    try (GuardedServer server = server(LIMITED)) {
      String no = ",\"context\":{\"consent\":{\"categoryPreferences\":{\"Analytics\":false}}}}";
      server.post("/v1/track", "{\"userId\":\"zq-hidden-marker\",\"event\":\"Login\"" + no);
      server.post("/v1/track", "{\"userId\":\"zq-seen-marker\",\"event\":\"Login\"}");
      server.post("/v1/track", "{\"event\":\"zq-rejected-marker\"}");
      assertThat(server.received(3)).contains("\"stored\":1", "\"no_consent\":1", "\"no_id\":1");
      assertThat(server.api("GET", "/api/v1/rejected", "").body())
          .contains("zq-rejected-marker")
          .doesNotContain("no_consent\",\"detail");
      assertThat(server.api("GET", "/metrics", "").body())
          .contains("pulso_events_rejected_total{reason=\"no_consent\"} 1");
    }
    String everything = bytes(folder);
    assertThat(everything).contains("zq-seen-marker", "zq-rejected-marker");
    assertThat(everything).doesNotContain("zq-hidden-marker");
  }

  private static String bytes(Path folder) throws Exception {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  @Test
  void signing_secrets_are_made_used_and_ended_and_stored_encrypted() throws Exception {
    try (GuardedServer server = server("sources: {web: {require_signed_identity: true}}\n")) {
      String made = server.api("POST", "/api/v1/secrets", "{\"source\":\"web\"}").body();
      String id = found(made, "id");
      String value = found(made, "value");
      assertThat(server.api("GET", "/api/v1/secrets", "").body())
          .contains(id)
          .doesNotContain(value);
      server.again();
      server.api(
          "POST", "/api/v1/keys", "{\"source\":\"web\",\"browser\":true,\"value\":\"public-key\"}");
      String token = Jwts.token(id, "ann", "web", System.currentTimeMillis() / 1000 + 600, value);
      String identify = "{\"userId\":\"ann\",\"traits\":{\"a\":1},\"userToken\":\"%s\"}";
      assertThat(server.send("POST", "/v1/identify", "public-key", identify.formatted(token)))
          .returns(200, HttpResponse::statusCode);
      assertThat(server.api("DELETE", "/api/v1/secrets/" + id, "").statusCode()).isEqualTo(200);
      assertThat(server.send("POST", "/v1/identify", "public-key", identify.formatted(token)))
          .returns(403, HttpResponse::statusCode);
      assertThat(bytes(folder)).doesNotContain(value, token);
    }
  }

  private static String found(String json, String field) {
    return Pattern.compile("\"" + field + "\":\"([^\"]+)\"")
        .matcher(json)
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  @Test
  void a_host_that_is_not_this_server_is_refused() throws Exception {
    try (GuardedServer server = server("")) {
      List<String> answers = new ArrayList<>();
      for (String host : List.of("evil.example", "localhost", "pulso.example")) {
        answers.add(
            server.raw(
                "GET /health/live HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                    .formatted(host)));
      }
      assertThat(answers.get(0))
          .startsWith("HTTP/1.1 421")
          .contains("application/problem+json", "`hosts`");
      assertThat(answers.get(1)).startsWith("HTTP/1.1 200");
      assertThat(answers.get(2)).startsWith("HTTP/1.1 421");
    }
    try (GuardedServer named =
        new GuardedServer(
            folder.resolve("v"), "", Map.of("hosts", "pulso.example"), Clock.systemUTC())) {
      assertThat(
              named.raw(
                  "GET /health/live HTTP/1.1\r\nHost: pulso.example\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
    }
  }
}
