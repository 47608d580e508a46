package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.server.app.Running.Ask;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Exports over the API of a real server.
@Timeout(120)
class ExportTest {
  private static final String PRODUCT =
      "name: product\nactivities:\n- {name: logins, match: event == \"Login\", points: 6}\n";

  @TempDir private Path folder;

  private Running running() throws Exception {
    return Running.on(folder, Map.of("product", PRODUCT));
  }

  private static void send(Running running, int events, String padding) throws Exception {
    String key = running.server().key("web");
    int sent = 0;
    while (sent < events) {
      List<String> calls = new ArrayList<>();
      for (int i = 0; i < Math.min(20, events - sent); i++) {
        calls.add(
            "{\"type\":\"track\",\"userId\":\"p%d\",\"event\":\"Login\",\"properties\":{\"x\":\"%s\"},\"timestamp\":\"%s\"}"
                .formatted(sent + i, padding, Instant.now()));
      }
      sent += calls.size();
      String body = "{\"batch\":[" + String.join(",", calls) + "]}";
      assertThat(running.post("/v1/batch", key, body).statusCode()).isEqualTo(200);
    }
    running.until("/api/v1/status", "\"stored\":" + events);
  }

  @Test
  void scores_are_those_of_the_command_line() throws Exception {
    try (Running running = running()) {
      send(running, 3, "");
      String csv = running.get("/api/v1/exports/scores");
      assertThat(csv.lines())
          .hasSize(4)
          .first()
          .isEqualTo("subject,as_of,model,version,score,band,inactive");
      assertThat(csv).contains(",product,draft,6.000,very_disengaged,false\n");
      assertThat(running.get("/api/v1/exports/scores?format=json")).contains("\"score\":6");
      assertThat(running.get("/api/v1/exports/scores?format=parquet")).startsWith("PAR1");
    }
  }

  @Test
  void events_and_people_come_out_as_lines() throws Exception {
    try (Running running = running()) {
      send(running, 3, "\u00e4");
      HttpResponse<String> events =
          running.send(new Ask("GET", "/api/v1/exports/events", running.admin(), ""));
      assertThat(events.headers().firstValue("Content-Type")).contains("application/x-ndjson");
      assertThat(events.body().lines()).hasSize(3).allMatch(line -> line.contains("\u00e4"));
      assertThat(running.get("/api/v1/exports/customers?format=csv"))
          .startsWith("customer,first_day,identified,account,traits,processing\np0,");
      assertThat(running.get("/api/v1/exports/accounts")).isEmpty();
      assertThat(running.get("/api/v1/exports/rejected")).isEmpty();
    }
  }

  @Test
  void a_token_has_two_exports_at_once_and_one_whose_reader_leaves_ends() throws Exception {
    try (Running running = running()) {
      send(running, 2_000, "x".repeat(20_000));
      List<InputStream> reading = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        reading.add(open(running).body());
      }
      HttpResponse<InputStream> third = open(running);
      assertThat(third.statusCode()).isEqualTo(429);
      assertThat(third.headers().firstValue("Retry-After")).isPresent();
      for (InputStream each : reading) {
        each.close();
      }
      int status = 429;
      for (long end = System.nanoTime() + 30_000_000_000L;
          status == 429 && System.nanoTime() < end; ) {
        status =
            running
                .send(new Ask("GET", "/api/v1/exports/customers", running.admin(), ""))
                .statusCode();
      }
      assertThat(status).isEqualTo(200);
    }
  }

  private static HttpResponse<InputStream> open(Running running) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(running.url() + "/api/v1/exports/events"))
            .header("Authorization", "Bearer " + running.admin())
            .build();
    return running.client().send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  @Test
  void a_part_never_looks_like_the_whole() throws Exception {
    try (Running running = running()) {
      send(running, 2_000, "x".repeat(20_000));
      HttpResponse<InputStream> begun = open(running);
      assertThat(begun.body().readNBytes(1_000)).hasSize(1_000);
      running.server().close();
      assertThatThrownBy(() -> begun.body().readAllBytes()).isInstanceOf(IOException.class);
    }
  }
}
