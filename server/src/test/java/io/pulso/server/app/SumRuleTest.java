package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.app.Running.Ask;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing disappears silently: what is received is stored, a duplicate, or rejected for a reason,
/// also where senders do all kinds of things at once.
class SumRuleTest {
  private static final int SENDERS = 6;
  private static final int REQUESTS = 40;
  private static final String MODEL =
      """
      name: product
      activities:
        - {name: logins, match: event == "Login", points: 1}
      """;

  @TempDir private Path folder;

  /// What the senders know they sent.
  private static final class Sent {
    private final LongAdder received = new LongAdder();
    private final LongAdder good = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder noId = new LongAdder();
    private final LongAdder badTime = new LongAdder();
    private final LongAdder tooLarge = new LongAdder();
    private final LongAdder badJson = new LongAdder();
    private final LongAdder bots = new LongAdder();
  }

  private static String event(String id, String who, String more) {
    return "{\"type\":\"track\",\"userId\":\"%s\",\"event\":\"Login\",\"messageId\":\"%s\",\"timestamp\":\"%s\"%s}"
        .formatted(who, id, Instant.now(), more);
  }

  private static void send(Running running, String key, int sender, Sent sent) throws Exception {
    SplittableRandom random = new SplittableRandom(sender);
    for (int request = 0; request < REQUESTS; request++) {
      List<String> items = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(30); i++) {
        String id = "%d-%d-%d".formatted(sender, request, i);
        sent.received.increment();
        switch (random.nextInt(8)) {
          case 0 -> {
            sent.repeated.increment();
            sent.good.increment();
            sent.received.increment();
            String twice = event(id, "u" + i, "");
            items.add(twice);
            items.add(twice);
          }
          case 1 -> {
            sent.noId.increment();
            items.add("{\"type\":\"track\",\"event\":\"Login\",\"messageId\":\"" + id + "\"}");
          }
          case 2 -> {
            sent.badTime.increment();
            items.add(event(id, "u" + i, "").replaceAll("20[0-9T:.-]+Z", "yesterday"));
          }
          case 3 -> {
            sent.tooLarge.increment();
            items.add(
                event(id, "u", ",\"properties\":{\"x\":\"%s\"}".formatted("x".repeat(40_000))));
          }
          case 4 -> {
            sent.bots.increment();
            sent.good.increment();
            items.add(event(id, "bot" + i, ",\"context\":{\"userAgent\":\"Googlebot/2.1\"}"));
          }
          default -> {
            sent.good.increment();
            items.add(event(id, "u" + i, ""));
          }
        }
      }
      String body = "{\"batch\":[" + String.join(",", items) + "]}";
      if (body.length() > 500_000) {
        throw new IllegalStateException("this test makes no request over the limit");
      }
      assertThat(running.post("/v1/batch", key, body).statusCode()).isEqualTo(200);
      if (request % 10 == 0) {
        sent.received.increment();
        sent.badJson.increment();
        assertThat(running.post("/v1/track", key, "{\"event\":").statusCode()).isEqualTo(400);
        running.post("/v1/track", "nobody", event("x", "x", ""));
      }
    }
  }

  @Test
  void what_is_received_is_stored_repeated_or_rejected_under_load() throws Exception {
    Sent sent = new Sent();
    try (Running running = Running.on(folder, Map.of("product", MODEL))) {
      for (String source : List.of("web", "api")) {
        HttpResponse<String> made =
            running.post(
                "/api/v1/keys",
                running.admin(),
                "{\"source\":\"%1$s\",\"value\":\"key-of-%1$s\",\"browser\":%2$s}"
                    .formatted(source, source.equals("web")));
        assertThat(made.statusCode()).isEqualTo(201);
      }
      try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
          int sender = i;
          all.add(
              senders.submit(() -> {
                send(running, "key-of-web", sender, sent);
                return null;
              }));
        }
        for (Future<?> each : all) {
          each.get();
        }
      }
      String status =
          running.until("/api/v1/status", "\"received\":%d,".formatted(sent.received.sum()));
      assertThat(status)
          .contains(
              "\"stored\":%d,\"duplicates\":%d,".formatted(sent.good.sum(), sent.repeated.sum()),
              "\"no_id\":" + sent.noId.sum(),
              "\"bad_timestamp\":" + sent.badTime.sum(),
              "\"too_large\":" + sent.tooLarge.sum(),
              "\"bad_json\":" + sent.badJson.sum(),
              "\"excluded\":{\"bot\":%d}".formatted(sent.bots.sum()));
      assertThat(number(status, "received"))
          .isEqualTo(number(status, "stored") + number(status, "duplicates") + rejected(status));
      metrics(running, sent);
      assertThat(running.get("/api/v1/quality-rules"))
          .contains("\"applied\":true", "\"excluded\":%d".formatted(sent.bots.sum()));
      score(running, sent);
    }
    stored(sent);
  }

  private static void metrics(Running running, Sent sent) throws Exception {
    String text = running.get("/metrics");
    assertThat(text.lines())
        .contains(
            "pulso_events_received_total " + sent.received.sum(),
            "pulso_events_excluded_total{reason=\"bot\"} " + sent.bots.sum(),
            "pulso_step_events_total{step=\"quality\",reason=\"bot\"} " + sent.bots.sum(),
            "pulso_step_events_total{step=\"decode\",reason=\"too_large\"} " + sent.tooLarge.sum(),
            "pulso_step_events_total{step=\"clock\",reason=\"bad_timestamp\"} "
                + sent.badTime.sum());
    long steps =
        text.lines()
            .filter(line -> line.startsWith("pulso_step_events_total{"))
            .filter(line -> !line.contains("step=\"quality\""))
            .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
    assertThat(steps).isEqualTo(sent.received.sum());
    assertThat(text).doesNotContain("Login");
  }

  /// Bots make no customers, and can be looked at page by page.
  private static void score(Running running, Sent sent) throws Exception {
    Ask bot = new Ask("GET", "/api/v1/customers/bot0/score", running.admin(), "");
    assertThat(running.send(bot).statusCode()).isEqualTo(404);
    assertThat(running.get("/api/v1/customers/u0/score"))
        .contains("\"coverage\":1,\"silent_sources\":[]");
    long seen = 0;
    String cursor = "";
    do {
      String page = running.get("/api/v1/excluded?rule=bots&limit=50" + cursor);
      seen += page.split("\"message_id\"", -1).length - 1;
      Matcher next = Pattern.compile("\"next_cursor\":\"([^\"]+)\"").matcher(page);
      cursor = next.find() ? "&cursor=" + next.group(1) : "";
    } while (!cursor.isEmpty());
    assertThat(seen).isEqualTo(sent.bots.sum());
  }

  private static long number(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":([0-9]+)").matcher(json);
    assertThat(found.find()).isTrue();
    return Long.parseLong(found.group(1));
  }

  private static long rejected(String status) {
    Matcher all = Pattern.compile("\"rejected\":\\{([^}]*)}").matcher(status);
    assertThat(all.find()).isTrue();
    return Pattern.compile(":([0-9]+)")
        .matcher(all.group(1))
        .results()
        .mapToLong(each -> Long.parseLong(each.group(1)))
        .sum();
  }

  private void stored(Sent sent) throws SQLException {
    Path file = folder.resolve("data/pulso.duckdb");
    assertThat(Files.exists(file)).isTrue();
    try (Connection raw = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = raw.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT SUM(received), SUM(stored), SUM(duplicates), (SELECT SUM(rows) FROM import_rejected),
                  (SELECT COUNT(*) FROM event), (SELECT COUNT(*) FROM event WHERE excluded = 1),
                  COUNT(*) FILTER (WHERE received <> stored + duplicates
                    + (SELECT COALESCE(SUM(rows), 0) FROM import_rejected r WHERE r.import = i.no)) FROM import i
                """)) {
      row.next();
      assertThat(row.getLong(1)).isEqualTo(sent.received.sum());
      assertThat(row.getLong(2)).isEqualTo(sent.good.sum()).isEqualTo(row.getLong(5));
      assertThat(row.getLong(3)).isEqualTo(sent.repeated.sum());
      assertThat(row.getLong(1)).isEqualTo(row.getLong(2) + row.getLong(3) + row.getLong(4));
      assertThat(row.getLong(6)).isEqualTo(sent.bots.sum());
      assertThat(row.getLong(7)).isZero();
    }
  }
}
