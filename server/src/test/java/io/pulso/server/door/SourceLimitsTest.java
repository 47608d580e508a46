package io.pulso.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.store.RejectReason;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How much a source may bring.
class SourceLimitsTest {
  private OpenDoors doors;

  @BeforeEach
  void open() {
    doors = new OpenDoors();
  }

  @AfterEach
  void close() {
    doors.close();
  }

  private HttpResponse<String> track(String key, String body) {
    return doors.post(
        "/v1/track", body.getBytes(StandardCharsets.UTF_8), "Authorization", "Bearer " + key);
  }

  private static String event(String name, String properties) {
    return "{\"type\":\"track\",\"userId\":\"ann\",\"event\":\"%s\",\"properties\":{%s}}"
        .formatted(name, properties);
  }

  @Test
  void names_beyond_the_limit_are_refused_and_known_ones_go_on() {
    doors.keys.put("a", Key.server("a", "a", 0).under(Rules.atMost(3, 100, 1)));
    doors.keys.put("b", Key.server("b", "b", 0).under(Rules.atMost(3, 100, 1)));
    for (String name : List.of("A", "B", "A", "C", "B")) {
      assertThat(track("a", event(name, "")).statusCode()).isEqualTo(200);
    }
    HttpResponse<String> fourth = track("a", event("D", ""));
    assertThat(fourth.statusCode()).isEqualTo(400);
    assertThat(fourth.body()).contains("\"reason\":\"too_many_names\"", "3 names of events");
    assertThat(track("a", event("C", "")).statusCode()).isEqualTo(200);
    assertThat(track("b", event("D", "")).statusCode()).isEqualTo(200);
    assertThat(track("a", "{\"userId\":\"a\",\"type\":\"page\",\"name\":\"D\"}").statusCode())
        .isEqualTo(400);
    assertThat(doors.rejects()).extracting(r -> r.reason()).contains(RejectReason.TOO_MANY_NAMES);
  }

  @Test
  void pages_are_not_counted_among_the_names() {
    doors.keys.put("a", Key.server("a", "a", 0).under(Rules.atMost(1, 100, 1)));
    List<String> pages = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      pages.add("{\"type\":\"page\",\"userId\":\"u\",\"name\":\"p" + i + "\"}");
    }
    String batch = "{\"batch\":[" + String.join(",", pages) + "]}";
    doors.post("/v1/batch", batch.getBytes(StandardCharsets.UTF_8), "Authorization", "Bearer a");
    assertThat(doors.rows()).hasSize(50);
  }

  @Test
  void keys_of_properties_beyond_the_limit_are_refused_whole() {
    doors.keys.put("a", Key.server("a", "a", 0).under(Rules.atMost(100, 3, 1)));
    assertThat(track("a", event("E", "\"a\":1,\"b\":{\"x\":1,\"y\":2}")).statusCode())
        .isEqualTo(200);
    HttpResponse<String> two = track("a", event("E", "\"c\":1,\"d\":2"));
    assertThat(two.statusCode()).isEqualTo(400);
    assertThat(two.body()).contains("\"reason\":\"too_many_properties\"", "3 keys of properties");
    assertThat(track("a", event("E", "\"d\":2,\"a\":1")).statusCode()).isEqualTo(200);
    assertThat(track("a", event("E", "\"c\":1")).statusCode()).isEqualTo(400);
    assertThat(track("a", event("E", "\"d\":1,\"b\":2")).statusCode()).isEqualTo(200);
  }

  @Test
  void the_limits_hold_for_senders_at_the_same_time() throws Exception {
    doors.keys.put("a", Key.server("a", "a", 0).under(Rules.atMost(100, 100, 1)));
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int sender = i;
      senders.add(
          Thread.startVirtualThread(() -> {
            for (int j = 0; j < 40; j++) {
              track("a", event("E" + (sender * 40 + j), ""));
            }
          }));
    }
    for (Thread sender : senders) {
      sender.join();
    }
    assertThat(doors.rows()).hasSize(100);
    assertThat(doors.rejects()).hasSize(220);
  }

  @Test
  void one_address_may_bring_so_many_new_visitors_a_minute_with_a_browser_key() {
    doors.keys.put("pub", Key.browser("p", "web", Set.of(), 0).under(Rules.atMost(100, 100, 5)));
    doors.keys.put("sec", Key.server("s", "web", 0).under(Rules.atMost(100, 100, 5)));
    int good = 0;
    HttpResponse<String> last = track("sec", "{\"userId\":\"u\",\"event\":\"E\"}");
    for (int i = 0; i < 8; i++) {
      last = track("pub", "{\"anonymousId\":\"n" + i + "\",\"event\":\"E\"}");
      good += last.statusCode() == 200 ? 1 : 0;
    }
    assertThat(good).isEqualTo(5);
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.headers().firstValue("Retry-After")).hasValue("60");
    assertThat(last.body()).contains("\"reason\":\"too_many_visitors\"");
    assertThat(doors.rejects()).hasSize(3).allMatch(r -> r.body().isEmpty());
    assertThat(track("pub", "{\"anonymousId\":\"n2\",\"event\":\"E\"}").statusCode())
        .isEqualTo(200);
    assertThat(track("pub", "{\"userId\":\"u\",\"event\":\"E\"}").statusCode()).isEqualTo(200);
    assertThat(track("sec", "{\"anonymousId\":\"n9\",\"event\":\"E\"}").statusCode())
        .isEqualTo(200);
    assertThat(track("pub", "{\"anonymousId\":\"n9\",\"event\":\"E\"}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void numbers_with_huge_exponents_cost_nothing() {
    List<String> calls = new ArrayList<>();
    for (String number : List.of("1e100000000", "-1E+999999999", "1e-999999999", "9".repeat(900))) {
      calls.add(event("E", "\"value\":" + number));
      calls.add("{\"userId\":1,\"event\":\"E\",\"timestamp\":" + number + "}");
      calls.add("{\"userId\":" + number + ",\"event\":\"E\"}");
    }
    long begun = System.nanoTime();
    for (int round = 0; round < 5; round++) {
      for (String call : calls) {
        assertThat(track("secret", call).statusCode()).isIn(200, 400);
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
    assertThat(doors.rows()).allMatch(row -> !Double.isInfinite(row.value()));
  }
}
