package io.pulso.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The clock of the server's machine is put back and forward while events come in.
class ClockJumpsTest {
  private static final Instant NOON = Instant.parse("2026-06-10T12:00:00Z");

  @TempDir private Path folder;

  /// A clock that a test sets.
  private static final class Hand extends Clock {
    final AtomicReference<Instant> now = new AtomicReference<>(NOON);

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now.get();
    }
  }

  private static String login(String id) {
    return "{\"userId\":\"ann\",\"event\":\"Login\",\"messageId\":\"%s\"}".formatted(id);
  }

  @Test
  void ids_days_and_the_journal_stay_right() throws Exception {
    Hand clock = new Hand();
    Duration[] jumps = {
      Duration.ZERO,
      Duration.ofHours(-5),
      Duration.ofDays(3),
      Duration.ofDays(-2),
      Duration.ofDays(9),
      Duration.ofMinutes(-1),
      Duration.ofDays(-30),
      Duration.ofDays(1)
    };
    try (GuardedServer server =
        new GuardedServer(folder.resolve("w"), "", java.util.Map.of(), clock)) {
      int loaded = 0;
      for (int i = 0; i < jumps.length; i++) {
        clock.now.set(NOON.plus(jumps[i]));
        for (String id : new String[] {"a" + i, "b" + i, "a" + i, "a0"}) {
          assertThat(server.post("/v1/track", login(id)).statusCode()).isEqualTo(200);
          loaded++;
        }
        server.received(loaded);
      }
      // Ids of the last seven days, as the clock says them, are known: the horizon is passed once,
      // when the clock is nine days ahead.
      String status = server.received(loaded);
      int stored = 2 * jumps.length;
      assertThat(status).contains("\"acknowledged_bytes\"", "\"waiting_bytes\":0");
      int repeats = (int) number(status, "duplicates");
      assertThat((int) number(status, "stored")).isBetween(stored, stored + 2);
      assertThat(repeats + (int) number(status, "stored")).isEqualTo(loaded);
      clock.now.set(NOON.plus(Duration.ofDays(9)));
      for (int i = 0; i < jumps.length; i++) {
        String day = NOON.plus(jumps[i]).toString().substring(0, 10);
        HttpResponse<String> score =
            server.api("GET", "/api/v1/customers/ann/score?day=" + day, "");
        assertThat(score.statusCode()).as(score.body()).isEqualTo(200);
      }
      long before = (long) number(status, "acknowledged_bytes");
      server.again();
      assertThat(server.post("/v1/track", login("a4")).statusCode()).isEqualTo(200);
      assertThat(server.post("/v1/track", login("new")).statusCode()).isEqualTo(200);
      String after = server.received(2);
      assertThat(after).contains("\"stored\":1", "\"duplicates\":1");
      assertThat((long) number(after, "acknowledged_bytes")).isGreaterThan(before);
    }
  }

  @Test
  void an_event_occurs_when_the_clock_says_and_the_score_follows() throws Exception {
    Hand clock = new Hand();
    try (GuardedServer server =
        new GuardedServer(folder.resolve("w"), "", java.util.Map.of(), clock)) {
      server.post("/v1/track", login("noon"));
      clock.now.set(NOON.minus(Duration.ofDays(5)));
      server.post("/v1/track", login("earlier"));
      clock.now.set(NOON.plus(Duration.ofDays(2)));
      server.post("/v1/track", login("later"));
      server.received(3);
      assertThat(units(server, "2026-06-05")).contains("\"score\":5,");
      assertThat(units(server, "2026-06-10")).contains("\"score\":10,");
      assertThat(units(server, "2026-06-12")).contains("\"score\":15,");
    }
  }

  private static String units(GuardedServer server, String day) throws Exception {
    return server.api("GET", "/api/v1/customers/ann/score?day=" + day, "").body();
  }

  private static double number(String json, String name) {
    return Double.parseDouble(json.replaceAll(".*\"" + name + "\":([0-9]+).*", "$1"));
  }
}
