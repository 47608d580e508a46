package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.access.Tokens.Scope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The stream of changes, read by real clients.
@Timeout(60)
class StreamTest {
  private static final String PRODUCT =
      """
      name: product
      bands: [{id: low, below: 10}, {id: high}]
      activities:
        - {name: logins, match: event == "Login", points: 6}
      """;

  private static final String TEAMS =
      """
      name: teams
      subject: account
      bands: [{id: low, below: 10}, {id: high}]
      activities:
        - {name: logins, match: event == "Login", points: 6, cap: {per_person: 1}}
      """;

  @TempDir private Path folder;
  private @Nullable Running running;
  private String key = "";

  @BeforeEach
  void start() throws Exception {
    running = Running.on(folder, Map.of("product", PRODUCT, "teams", TEAMS));
    key = running().server().key("web");
  }

  @AfterEach
  void stop() {
    running().close();
  }

  private Running running() {
    return Objects.requireNonNull(running);
  }

  /// A client that reads.
  private record Listener(HttpResponse<InputStream> response, BufferedReader lines)
      implements AutoCloseable {
    /// The next event: its id, name and data.
    @Nullable Event next() throws IOException {
      String id = "";
      String name = "";
      String data = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.isEmpty() && !name.isEmpty()) {
          return new Event(id, name, JsonMapper.shared().readTree(data));
        }
      }
      return null;
    }

    Event next(String name) throws IOException {
      Event event = Objects.requireNonNull(next(), "the stream ended");
      return event.name().equals(name) ? event : next(name);
    }

    @Override
    public void close() throws IOException {
      response.body().close();
    }
  }

  private record Event(String id, String name, JsonNode data) {}

  private Listener listen(String token, @Nullable String last) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(running().url() + "/api/v1/stream"))
            .header("Authorization", "Bearer " + token);
    if (last != null) {
      request.header("Last-Event-ID", last);
    }
    HttpResponse<InputStream> response =
        running().client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    if (response.statusCode() == 200) {
      assertThat(lines.readLine()).isEqualTo("retry: 1000");
    }
    return new Listener(response, lines);
  }

  private void login(String who) throws Exception {
    String call =
        "{\"userId\":\"%s\",\"event\":\"Login\",\"timestamp\":\"%s\"}"
            .formatted(who, Instant.now());
    assertThat(running().post("/v1/track", key, call).statusCode()).isEqualTo(200);
  }

  @Test
  void a_score_and_its_band_are_told_when_an_event_came_in() throws Exception {
    try (Listener listener = listen(running().admin(), null)) {
      login("ann");
      Event first = listener.next("score");
      assertThat(first.data().path("subject").asString()).isEqualTo("ann");
      assertThat(first.data().path("score").asDouble()).isEqualTo(6);
      login("ann");
      Event second = listener.next("score");
      assertThat(second.data().path("score_before").asDouble()).isEqualTo(6);
      assertThat(second.data().path("score").asDouble()).isEqualTo(12);
      Event band = listener.next("band");
      assertThat(band.data().path("band_before").asString()).isEqualTo("low");
      assertThat(band.data().path("band").asString()).isEqualTo("high");
    }
  }

  @Test
  void scores_of_accounts_are_told_and_are_those_of_route_and_list() throws Exception {
    try (Listener listener = listen(running().admin(), null)) {
      for (String who : List.of("ann", "ann", "bob")) {
        String call =
            "{\"userId\":\"%s\",\"event\":\"Login\",\"timestamp\":\"%s\",\"context\":{\"groupId\":\"acme\"}}"
                .formatted(who, Instant.now());
        assertThat(running().post("/v1/track", key, call).statusCode()).isEqualTo(200);
        running().until("/api/v1/status", "\"waiting_bytes\":0");
      }
      Event first = ofAccount(listener, "score");
      assertThat(first.data().path("subject").asString()).isEqualTo("acme");
      assertThat(first.data().path("model").asString()).isEqualTo("teams");
      assertThat(first.data().path("score_before").isNull()).isTrue();
      assertThat(first.data().path("score").asDouble()).isEqualTo(6);
      Event second = ofAccount(listener, "score");
      assertThat(second.data().path("score_before").asDouble()).isEqualTo(6);
      assertThat(second.data().path("score").asDouble()).isEqualTo(12);
      assertThat(ofAccount(listener, "band").data().path("band").asString()).isEqualTo("high");
    }
    assertThat(score("/api/v1/accounts/acme/score?model=teams").path("score").asDouble())
        .isEqualTo(12);
    running().until("/api/v1/accounts?model=teams&filter=score+%3E+6", "\"id\":\"acme\"");
  }

  private JsonNode score(String path) throws Exception {
    return JsonMapper.shared().readTree(running().get(path));
  }

  private static Event ofAccount(Listener listener, String name) throws IOException {
    Event event = listener.next(name);
    return event.data().path("kind").asString().equals("account")
        ? event
        : ofAccount(listener, name);
  }

  @Test
  void counters_are_told_with_every_batch() throws Exception {
    try (Listener listener = listen(running().admin(), null)) {
      login("ann");
      Event counters = listener.next("counters");
      assertThat(counters.data().path("stored").asInt()).isEqualTo(1);
      assertThat(counters.data().path("received").asInt()).isEqualTo(1);
    }
  }

  @Test
  void one_who_comes_back_gets_what_was_missed() throws Exception {
    String last;
    try (Listener staying = listen(running().admin(), null)) {
      try (Listener leaving = listen(running().admin(), null)) {
        login("ann");
        last = leaving.next("score").id();
      }
      staying.next("score");
      login("bob");
      assertThat(staying.next("score").data().path("subject").asString()).isEqualTo("bob");
      try (Listener back = listen(running().admin(), last)) {
        assertThat(back.next("score").data().path("subject").asString()).isEqualTo("bob");
      }
    }
  }

  @Test
  void one_who_missed_too_much_is_told_so() throws Exception {
    for (String last : List.of("another-1", "nonsense", "ffff-99999999999999999999")) {
      try (Listener back = listen(running().admin(), last)) {
        assertThat(Objects.requireNonNull(back.next()).name()).isEqualTo("lost");
      }
    }
  }

  @Test
  void a_token_has_five_streams_and_gets_one_back_when_it_closes_one() throws Exception {
    List<Listener> open = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      open.add(listen(running().admin(), null));
    }
    try (Listener sixth = listen(running().admin(), null)) {
      assertThat(sixth.response().statusCode()).isEqualTo(429);
      assertThat(sixth.response().headers().firstValue("Retry-After")).isPresent();
    }
    try (Listener other = listen(running().server().token("other", Scope.READ), null)) {
      assertThat(other.response().statusCode()).isEqualTo(200);
    }
    for (Listener each : open) {
      each.close();
    }
    // The server sees that they have gone when it writes to them.
    int status = 0;
    for (long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        status != 200 && System.nanoTime() < end; ) {
      login("ann");
      running().until("/api/v1/status", "\"waiting_bytes\":0");
      try (Listener again = listen(running().admin(), null)) {
        status = again.response().statusCode();
      }
    }
    assertThat(status).isEqualTo(200);
  }

  @Test
  void a_stream_ends_when_its_token_is_revoked() throws Exception {
    String made =
        running().post("/api/v1/tokens", running().admin(), "{\"scope\":\"read\"}").body();
    JsonNode token = JsonMapper.shared().readTree(made);
    try (Listener listener = listen(token.path("value").asString(), null)) {
      running()
          .send(
              new Running.Ask(
                  "DELETE",
                  "/api/v1/tokens/" + token.path("id").asString(),
                  running().admin(),
                  ""));
      assertThat(listener.next()).isNull();
    }
  }

  @Test
  void streams_end_when_the_server_stops() throws Exception {
    try (Listener listener = listen(running().admin(), null)) {
      long began = System.nanoTime();
      running().server().close();
      assertThat(listener.next()).isNull();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(9));
    }
  }
}
