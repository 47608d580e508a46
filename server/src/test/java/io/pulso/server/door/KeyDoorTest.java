package io.pulso.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.door.Counters.Turned;
import io.pulso.server.store.RejectReason;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyDoorTest {
  private static final String CALL = "{\"userId\":\"ann\",\"event\":\"E\"}";
  private OpenDoors doors;

  @BeforeEach
  void open() {
    doors = new OpenDoors();
  }

  @AfterEach
  void close() {
    doors.close();
  }

  private int status(String path, String body, String... headers) {
    return doors.post(path, body.getBytes(StandardCharsets.UTF_8), headers).statusCode();
  }

  private HttpResponse<String> browser(String path, String body) {
    byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
    return doors.post(
        path, utf8, "Authorization", OpenDoors.basic("public:"), "Origin", OpenDoors.PAGE);
  }

  @Test
  void a_key_may_stand_in_the_header_with_or_without_colon_or_in_the_body() {
    String bare = Base64.getEncoder().encodeToString("secret".getBytes(StandardCharsets.UTF_8));
    for (String header :
        List.of(
            OpenDoors.basic("secret:"),
            OpenDoors.basic("secret:password"),
            "Basic " + bare,
            "basic " + bare,
            "Bearer secret")) {
      assertThat(status("/v1/track", CALL, "Authorization", header)).as(header).isEqualTo(200);
    }
    assertThat(status("/v1/track", "{\"writeKey\":\"secret\"," + CALL.substring(1))).isEqualTo(200);
    assertThat(status("/v1/batch", "{\"batch\":[" + CALL + "],\"writeKey\":\"secret\"}"))
        .isEqualTo(200);
    assertThat(doors.rows()).hasSize(7);
    assertThat(doors.arrivals.toString()).doesNotContain("secret");
  }

  @Test
  void without_a_known_key_nothing_is_kept_but_counted() {
    for (String header : List.of("Basic !", "Basic " + "bm9uZQ==", "Bearer none", "Digest x")) {
      HttpResponse<String> answer =
          doors.post("/v1/track", CALL.getBytes(StandardCharsets.UTF_8), "Authorization", header);
      assertThat(answer.statusCode()).as(header).isEqualTo(401);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
    assertThat(status("/v1/track", CALL)).isEqualTo(401);
    assertThat(status("/v1/track", "{\"writeKey\":\"none\"}")).isEqualTo(401);
    assertThat(status("/batch", "{\"api_key\":\"none\",\"batch\":[]}")).isEqualTo(401);
    doors.keys.remove("secret");
    assertThat(doors.post("/v1/track", CALL).statusCode()).isEqualTo(401);
    assertThat(doors.arrivals).isEmpty();
    assertThat(doors.doors.counters().turned(Turned.NO_KEY)).isEqualTo(8);
  }

  @Test
  void who_tells_no_key_in_a_broken_body_is_told_that_it_is_broken() {
    assertThat(status("/v1/track", "{\"writeKey\":\"secret\",")).isEqualTo(400);
    assertThat(status("/v1/track", "x".repeat(600_000))).isEqualTo(413);
    assertThat(status("/batch", "!!!")).isEqualTo(400);
    assertThat(doors.arrivals).isEmpty();
  }

  @Test
  void a_browser_key_serves_the_pages_of_its_origins_only() {
    assertThat(browser("/v1/track", CALL).statusCode()).isEqualTo(200);
    assertThat(doors.arrivals.getFirst().trusted()).isFalse();
    String key = OpenDoors.basic("public");
    assertThat(status("/v1/track", CALL, "Authorization", key, "Origin", "https://SHOP.example"))
        .isEqualTo(200);
    assertThat(status("/v1/track", CALL, "Authorization", key, "Origin", "https://evil.example"))
        .isEqualTo(403);
    assertThat(status("/v1/track", CALL, "Authorization", key)).isEqualTo(403);
    assertThat(doors.doors.counters().turned(Turned.WRONG_ORIGIN)).isEqualTo(2);
    doors.keys.put("any", Key.browser("k9", "web", Set.of(), 0));
    assertThat(status("/v1/track", CALL, "Authorization", "Bearer any")).isEqualTo(200);
  }

  @Test
  void a_browser_key_may_not_alias_import_backdate_or_send_certain_names() {
    HttpResponse<String> alias = browser("/v1/alias", "{\"userId\":\"a\",\"previousId\":\"b\"}");
    assertThat(alias.statusCode()).isEqualTo(403);
    assertThat(alias.body()).contains("\"reason\":\"forbidden\"");
    assertThat(browser("/v1/import", "{\"batch\":[" + CALL + "]}").statusCode()).isEqualTo(403);
    for (String name :
        List.of("Order Completed", "Subscription Started", "Ticket Created", "Survey Answered")) {
      assertThat(browser("/v1/track", CALL.replace("\"E\"", '"' + name + '"')).statusCode())
          .as(name)
          .isEqualTo(403);
    }
    String week = CALL.replace("}", ",\"timestamp\":\"2026-05-25T12:00:00Z\"}");
    assertThat(browser("/v1/track", week).statusCode()).isEqualTo(200);
    HttpResponse<String> older = browser("/v1/track", week.replace("12:00:00Z", "11:59:59Z"));
    assertThat(older.statusCode()).isEqualTo(403);
    assertThat(older.body()).contains("\"reason\":\"backdated\"");
    assertThat(doors.rows()).hasSize(1);
    assertThat(doors.rejects()).hasSize(7);
    assertThat(doors.rejects().getLast().reason()).isEqualTo(RejectReason.BACKDATED);
    doors.post("/v1/track", CALL.replace("\"E\"", "\"Order Completed\""));
    assertThat(doors.rows()).hasSize(2);
  }

  @Test
  void every_answer_may_be_read_by_any_page_but_without_credentials() {
    for (String path : List.of("/v1/track", "/v1/t/", "/batch/", "/v1/cloudevents", "/flags/")) {
      HttpResponse<String> asked =
          doors.send(
              doors
                  .to(path)
                  .header("Origin", "https://any.example")
                  .header("Access-Control-Request-Method", "POST")
                  .header("Access-Control-Request-Headers", "authorization, x-custom")
                  .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                  .build());
      assertThat(asked.statusCode()).isEqualTo(204);
      assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
      assertThat(asked.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
          .contains("POST");
      assertThat(asked.headers().firstValue("Access-Control-Allow-Headers"))
          .hasValue("authorization, x-custom");
      assertThat(asked.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    }
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> answer = doors.post("/v1/track", i == 0 ? CALL : "{");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    }
  }

  @Test
  void who_sends_too_often_is_told_when_to_come_again() {
    assertThat(status("/v1/track", CALL, "Authorization", "Bearer slow")).isEqualTo(200);
    assertThat(status("/v1/track", CALL, "Authorization", "Bearer slow")).isEqualTo(200);
    byte[] utf8 = CALL.getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> third = doors.post("/v1/track", utf8, "Authorization", "Bearer slow");
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(third.headers().firstValue("Retry-After").orElse("")))
        .isBetween(20, 30);
    assertThat(doors.rows()).hasSize(2);
  }

  @Test
  void when_nothing_can_be_kept_the_sender_shall_come_again() {
    doors.full = true;
    HttpResponse<String> answer = doors.post("/v1/track", CALL);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    doors.full = false;
    assertThat(doors.post("/v1/track", CALL).statusCode()).isEqualTo(200);
  }

  @Test
  void the_rate_refills_evenly_and_public_keys_are_counted_by_address() {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    Rate rate = new Rate(now::get, 2);
    Key secret = Key.server("a", "s", 60);
    for (int i = 0; i < 60; i++) {
      assertThat(rate.take(secret, "x")).isZero();
    }
    assertThat(rate.take(secret, "y")).isEqualTo(Duration.ofSeconds(1));
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(rate.take(secret, "x")).isZero();
    assertThat(rate.take(secret, "x")).isPositive();
    Key open = Key.browser("b", "s", Set.of(), 1);
    assertThat(rate.take(open, "x")).isZero();
    assertThat(rate.take(open, "x")).isPositive();
    assertThat(rate.take(open, "y")).isZero();
    assertThat(rate.take(open, "z")).as("too many senders share one number").isPositive();
    now.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(rate.take(open, "z")).isZero();
    assertThat(rate.take(open, "x")).isZero();
  }
}
