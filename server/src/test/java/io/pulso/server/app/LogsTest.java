package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// What a server writes into its log says nothing of the people it knows, nor how to get in.
class LogsTest {
  private static final String MARK = "Zq7marker";
  private static final String MODEL =
      "name: product\nactivities:\n  - {name: logins, match: event == \"Login\", points: 1}\n";

  @TempDir private Path folder;

  @Test
  void the_log_of_a_busy_server_holds_no_id_key_body_or_query() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    Level usual = root.getLevel();
    root.setLevel(Level.INFO);
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      busy();
    } finally {
      System.setErr(before);
      root.setLevel(usual);
    }
    String log = bytes.toString(StandardCharsets.UTF_8);
    assertThat(log).contains("the store was written anew").doesNotContain(MARK);
  }

  private void busy() throws Exception {
    try (Running running = Running.on(folder, Map.of("product", MODEL))) {
      String key = MARK + "-key-0123456789";
      String wanted = "{\"source\":\"web\",\"value\":\"%s\"}".formatted(key);
      assertThat(running.post("/api/v1/keys", running.admin(), wanted).statusCode()).isEqualTo(201);
      String good =
          "{\"userId\":\"%1$s\",\"anonymousId\":\"%1$s-d\",\"event\":\"%1$s\",\"messageId\":\"%1$s\",\"properties\":{\"x\":\"%1$s\"},\"traits\":{\"x\":\"%1$s\"}}"
              .formatted(MARK);
      String bad = "{\"userId\":\"%1$s\",\"timestamp\":\"%1$s\"}".formatted(MARK);
      for (String path :
          List.of("/v1/track", "/v1/identify", "/v1/batch", "/v1/nothing", "/batch")) {
        for (String body : List.of(good, bad, good.substring(0, 50), "[\"" + MARK)) {
          for (String with : List.of(key, MARK + "-wrong", "")) {
            running.send(
                new Running.Ask("POST", path + "?q=" + MARK, with, body),
                "X-Forwarded-For",
                MARK,
                "Cookie",
                MARK);
          }
        }
      }
      running.until("/api/v1/status", "\"waiting_bytes\":0");
      for (String path :
          List.of(
              "/api/v1/customers/%s/score",
              "/api/v1/customers/%s/score?model=%s",
              "/api/v1/customers/%s/explanation?from=%s",
              "/api/v1/rejected?reason=%s",
              "/api/v1/%s",
              "/%s")) {
        running.get(path.formatted(MARK, MARK));
        running.send(new Running.Ask("GET", path.formatted(MARK, MARK), MARK, ""));
      }
      HttpResponse<String> gone =
          running.send(
              new Running.Ask(
                  "DELETE", "/api/v1/customers/" + MARK + "?now=true", running.admin(), ""));
      assertThat(gone.statusCode()).isEqualTo(200);
      running.post("/v1/track", key, good);
      running.until("/api/v1/status", "\"waiting_bytes\":0");
    }
  }
}
