package io.pulso.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.EventType;
import io.pulso.server.store.Incoming;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostHogDoorTest {
  private static final String CALL =
      "{\"api_key\":\"secret\",\"event\":\"E\",\"distinct_id\":\"ann\",\"uuid\":\"u-1\"}";
  private static OpenDoors doors;

  @BeforeAll
  static void open() {
    doors = new OpenDoors();
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @BeforeEach
  void clear() {
    doors.clear();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static HttpResponse<String> post(String path, String body) {
    return doors.post(path, utf8(body), new String[0]);
  }

  private static Incoming one(String event, String more) {
    doors.clear();
    HttpResponse<String> answer =
        post(
            "/e/",
            "{\"api_key\":\"secret\",\"event\":\""
                + event
                + "\",\"distinct_id\":\"ann\","
                + more
                + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return doors.only();
  }

  @Test
  void every_address_takes_events_with_and_without_a_final_slash() {
    for (String path : List.of("/batch", "/capture", "/e", "/i/v0/e", "/track")) {
      for (String slash : List.of("", "/")) {
        doors.clear();
        assertThat(post(path + slash + "?ip=1&ver=1", CALL).body()).isEqualTo("{\"status\":1}");
        assertThat(doors.only().messageId()).isEqualTo("u-1");
      }
    }
  }

  @Test
  void bodies_may_be_forms_base64_or_packed_in_any_mixture() {
    String base64 = Base64.getEncoder().encodeToString(utf8(CALL));
    String packed = Base64.getEncoder().encodeToString(OpenDoors.gzip(utf8(CALL)));
    for (String body :
        List.of(
            CALL,
            base64,
            packed,
            "data=" + base64,
            "data=" + URLEncoder.encode(base64, StandardCharsets.UTF_8) + "&ip=1",
            "ip=1&data=" + URLEncoder.encode(packed, StandardCharsets.UTF_8),
            "data=" + URLEncoder.encode(CALL, StandardCharsets.UTF_8),
            "[" + CALL + "]",
            "{\"api_key\":\"secret\",\"batch\":[" + CALL + "]}")) {
      doors.clear();
      assertThat(post("/e/", body).statusCode()).as(body).isEqualTo(200);
      assertThat(doors.only().userId()).isEqualTo("ann");
      doors.clear();
      doors.post("/e/?compression=gzip-js", OpenDoors.gzip(utf8(body)), new String[0]);
      assertThat(doors.only().userId()).isEqualTo("ann");
    }
  }

  @Test
  void a_key_may_stand_in_many_places_and_is_never_kept() {
    String event = "\"event\":\"E\",\"distinct_id\":\"ann\"";
    for (String body :
        List.of(
            "{\"token\":\"secret\"," + event + "}",
            "{" + event + ",\"properties\":{\"token\":\"secret\",\"a\":1}}",
            "[{" + event + ",\"properties\":{\"token\":\"secret\"}},{" + event + "}]",
            "api_key=secret&data="
                + URLEncoder.encode("{" + event + "}", StandardCharsets.UTF_8))) {
      assertThat(post("/e", body).statusCode()).as(body).isEqualTo(200);
    }
    assertThat(post("/e?token=secret", "{" + event + "}").statusCode()).isEqualTo(200);
    assertThat(doors.rows()).hasSize(6);
    assertThat(doors.arrivals.toString()).doesNotContain("secret");
    assertThat(post("/e", "{" + event + "}").statusCode()).isEqualTo(401);
  }

  @Test
  void posthogs_own_events_become_calls() {
    Incoming identify =
        one("$identify", "\"properties\":{\"$anon_distinct_id\":\"anon\"},\"$set\":{\"a\":1}");
    assertThat(identify.type()).isEqualTo(EventType.IDENTIFY);
    assertThat(identify.userId()).isEqualTo("ann");
    assertThat(identify.anonymousId()).isEqualTo("anon");
    assertThat(identify.traits()).isEqualTo("{\"a\":1}");
    Incoming alias = one("$create_alias", "\"properties\":{\"alias\":\"old\"}");
    assertThat(alias.type()).isEqualTo(EventType.ALIAS);
    assertThat(alias.previousId()).isEqualTo("old");
    Incoming group =
        one("$groupidentify", "\"properties\":{\"$group_key\":\"g\",\"$group_set\":{\"b\":2}}");
    assertThat(group.type()).isEqualTo(EventType.GROUP);
    assertThat(group.groupId()).isEqualTo("g");
    assertThat(one("$pageview", "\"properties\":{\"$pathname\":\"/x\"}").name()).isEqualTo("/x");
    assertThat(one("$screen", "\"properties\":{\"$screen_name\":\"Home\"}").type())
        .isEqualTo(EventType.SCREEN);
    assertThat(one("$set", "\"$set\":{\"c\":3}").traits()).isEqualTo("{\"c\":3}");
  }

  @Test
  void the_clock_of_the_sender_is_put_right() {
    String sent = "\"sent_at\":\"2026-06-01T10:00:00Z\"";
    String at = "\"timestamp\":\"2026-06-01T09:00:00Z\"";
    assertThat(time(one("E", at + "," + sent))).isEqualTo("2026-06-01T11:00:00Z");
    assertThat(time(one("E", at + "," + sent + ",\"properties\":{\"$ignore_sent_at\":true}")))
        .isEqualTo("2026-06-01T09:00:00Z");
    assertThat(time(one("E", "\"offset\":60000"))).isEqualTo("2026-06-01T11:59:00Z");
    assertThat(time(one("E", "\"x\":1"))).isEqualTo("2026-06-01T12:00:00Z");
    doors.clear();
    post("/e/?_=1780308000000", CALL.replace("}", "," + at + "}"));
    assertThat(time(doors.only())).isEqualTo("2026-06-01T11:00:00Z");
  }

  private static String time(Incoming row) {
    return Instant.ofEpochMilli(row.occurredAt() / 1_000).toString();
  }

  @Test
  void a_single_bad_event_is_told_and_a_batch_keeps_the_good_ones() {
    assertThat(post("/e", "{\"api_key\":\"secret\",\"event\":\"E\"}").body())
        .contains("\"reason\":\"no_id\"");
    assertThat(post("/e", "{\"api_key\":\"secret\",\"distinct_id\":\"a\",\"event\":\"\"}").body())
        .contains("\"reason\":\"no_event\"");
    doors.clear();
    String batch = "{\"api_key\":\"secret\",\"batch\":[5," + CALL + "]}";
    assertThat(post("/batch", batch).statusCode()).isEqualTo(200);
    assertThat(doors.rows()).hasSize(1);
    assertThat(doors.rejects()).hasSize(1);
  }

  @Test
  void what_sdks_ask_at_their_start_is_answered() {
    record Question(String method, String path, String expected) {}
    for (Question question :
        List.of(
            new Question("GET", "/v1/projects/key/settings", "\"Segment.io\":{\"apiKey\":\"key\""),
            new Question("GET", "/sourceConfig/?p=web&v=3", "\"destinations\":[]"),
            new Question("GET", "/array/phc_1/config", "\"token\":\"phc_1\""),
            new Question("GET", "/array/phc_1/config.js", "_POSTHOG_REMOTE_CONFIG[\"phc_1\"]"),
            new Question("POST", "/flags/?v=2", "\"flags\":{}"),
            new Question("POST", "/decide/?v=3", "\"featureFlags\":{}"),
            new Question("POST", "/s/", "{\"status\":1}"),
            new Question("POST", "/v1/m", "{\"success\":true}"))) {
      HttpResponse<String> answer =
          doors.send(
              doors
                  .to(question.path)
                  .method(question.method, HttpRequest.BodyPublishers.ofString("{\"x\":1}"))
                  .build());
      assertThat(answer.statusCode()).as(question.path).isEqualTo(200);
      assertThat(answer.body()).contains(question.expected);
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    }
    HttpResponse<String> script =
        doors.send(doors.to("/array/%22%5D%3Balert(1)%2F%2F/config.js").GET().build());
    assertThat(script.statusCode()).isGreaterThanOrEqualTo(400).isLessThan(500);
    assertThat(doors.arrivals).isEmpty();
  }
}
