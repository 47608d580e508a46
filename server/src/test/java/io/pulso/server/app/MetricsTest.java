package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.app.Running.Ask;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  private static final String KEY = "a-key-of-my-own";
  private static final Ask METRICS = new Ask("GET", "/metrics", "", "");

  @TempDir private Path folder;

  private static String login(String more) {
    return "{\"event\":\"Login %s\",\"userId\":\"ann\",\"messageId\":\"m1\"}".formatted(more);
  }

  @Test
  void what_comes_in_is_counted() throws Exception {
    try (Running running = Running.on(folder, Map.of())) {
      String wanted = "{\"source\":\"web\",\"value\":\"%s\"}".formatted(KEY);
      running.post("/api/v1/keys", running.admin(), wanted);
      running.post("/v1/track", KEY, login("one"));
      running.post("/v1/track", KEY, login("two"));
      running.post("/v1/track", KEY, "{\"event\":\"Login\"}");
      running.post("/v1/track", "unknown", login("three"));
      String text = running.until("/metrics", "pulso_events_received_total 3\n");
      assertThat(text.lines())
          .contains(
              "pulso_events_stored_total 1",
              "pulso_events_duplicate_total 1",
              "pulso_events_rejected_total{reason=\"no_id\"} 1",
              "pulso_events_rejected_total{reason=\"bad_json\"} 0",
              "pulso_events_excluded_total{reason=\"bot\"} 0",
              "pulso_step_events_total{step=\"identify\",reason=\"no_id\"} 1",
              "pulso_step_events_total{step=\"deduplicate\",reason=\"duplicate\"} 1",
              "pulso_step_events_total{step=\"store\",reason=\"stored\"} 1",
              "pulso_requests_refused_total{reason=\"no_key\"} 1",
              "pulso_requests_refused_total{reason=\"busy\"} 0",
              "pulso_journal_waiting_bytes 0",
              "pulso_ready 1")
          .anyMatch(line -> line.matches("jvm_memory_used_bytes\\{area=\"heap\"} [1-9][0-9]+"))
          .allMatch(line ->
              line.matches("# (HELP|TYPE) [a-z_]+ .+")
                  || line.matches(
                      "[a-z_]+(\\{[a-z]+=\"[a-z_]+\"(,reason=\"[a-z_]+\")?})? -?[0-9]+"));
      assertThat(text).doesNotContain("Login").endsWith("\n");
    }
  }

  @Test
  void only_programs_of_this_machine_and_readers_may_see_them() throws Exception {
    try (Running running = Running.on(folder, Map.of())) {
      HttpResponse<String> own = running.send(METRICS);
      assertThat(own.statusCode()).isEqualTo(200);
      assertThat(own.headers().firstValue("Content-Type"))
          .contains("text/plain; version=0.0.4; charset=utf-8");
      for (String passedOn : new String[] {"X-Forwarded-For", "Forwarded", "X-Real-IP"}) {
        assertThat(running.send(METRICS, passedOn, "192.0.2.1").statusCode()).isEqualTo(401);
      }
      Ask reader = new Ask("GET", "/metrics", running.admin(), "");
      assertThat(running.send(reader, "X-Forwarded-For", "192.0.2.1").statusCode()).isEqualTo(200);
      Ask wrong = new Ask("GET", "/metrics", "nonsense", "");
      assertThat(running.send(wrong).statusCode()).isEqualTo(401);
    }
  }
}
