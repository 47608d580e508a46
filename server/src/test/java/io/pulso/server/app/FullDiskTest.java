package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose disk is full for a while.
class FullDiskTest {
  private static final String MODEL =
      "name: product\nactivities:\n  - {name: logins, match: event == \"Login\", points: 1}\n";

  @TempDir private Path folder;

  private static String batch(List<String> ids) {
    String text = "x".repeat(2000);
    List<String> events =
        ids.stream()
            .map(id ->
                "{\"type\":\"track\",\"userId\":\"ann\",\"event\":\"Login\",\"messageId\":\"%s\",\"properties\":{\"text\":\"%s%s\"}}"
                    .formatted(id, text, id))
            .toList();
    return "{\"batch\":[" + String.join(",", events) + "]}";
  }

  @Test
  void loading_goes_on_by_itself_and_nothing_acknowledged_is_lost_or_doubled() throws Exception {
    try (SmallDisk disk = SmallDisk.of(folder.resolve("disk"), 240)) {
      Path home = disk.folder().resolve("w");
      Set<String> acknowledged = new HashSet<>();
      List<String> refused = new ArrayList<>();
      try (Running running = Running.on(home, Map.of("product", MODEL))) {
        running.post(
            "/api/v1/keys", running.admin(), "{\"source\":\"web\",\"value\":\"my-own-key\"}");
        int next = 0;
        for (int i = 0; i < 5; i++, next += 100) {
          send(running, next, acknowledged, refused);
        }
        running.until("/api/v1/status", "\"stored\":500");
        Path ballast = disk.fill();
        while (refused.size() < 3 && next < 200_000) {
          send(running, next, acknowledged, refused);
          next += 100;
        }
        assertThat(refused).hasSizeGreaterThanOrEqualTo(3).containsOnly("503 true");
        running.until("/api/v1/status", "the disk is full");
        Files.delete(ballast);
        running.until("/api/v1/status", "\"waiting_bytes\":0");
        send(running, 1_000_000, acknowledged, new ArrayList<>());
        running.until("/api/v1/status", "\"stored\":" + acknowledged.size());
        assertThat(running.get("/health/ready")).contains("true");
        assertThat(acknowledged).contains("m1000000", "m0");
        assertThat(running.get("/api/v1/customers/ann/score?model=product"))
            .contains("\"score\":" + acknowledged.size());
      }
    }
  }

  private static void send(
      Running running, int first, Set<String> acknowledged, List<String> refused) throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      ids.add("m" + (first + i));
    }
    HttpResponse<String> answer = running.post("/v1/batch", "my-own-key", batch(ids));
    if (answer.statusCode() == 200) {
      acknowledged.addAll(ids);
    } else {
      refused.add(
          answer.statusCode() + " " + answer.headers().firstValue("Retry-After").isPresent());
    }
  }
}
