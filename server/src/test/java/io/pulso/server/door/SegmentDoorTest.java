package io.pulso.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.EventType;
import io.pulso.server.ingest.Arrival;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.RejectReason;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SegmentDoorTest {
  private static final String CALL = "{\"userId\":\"ann\",\"event\":\"E\"}";
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

  private static long micros(String instant) {
    return Instant.parse(instant).toEpochMilli() * 1_000;
  }

  @Test
  void every_call_has_a_long_and_a_short_address_with_and_without_a_final_slash() {
    String body =
        "{\"userId\":\"ann\",\"event\":\"E\",\"previousId\":\"b\",\"groupId\":\"g\",\"type\":\"nonsense\"}";
    for (EventType type : EventType.values()) {
      for (String name : List.of(type.word(), type.word().substring(0, 1))) {
        for (String slash : List.of("", "/")) {
          doors.clear();
          HttpResponse<String> answer = doors.post("/v1/" + name + slash, body);
          assertThat(answer.statusCode()).as(name + slash).isEqualTo(200);
          assertThat(answer.body()).isEqualTo("{\"success\":true}");
          assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
          assertThat(doors.only().type()).isEqualTo(type);
        }
      }
    }
    for (String path : List.of("/v1/batch", "/v1/b", "/v1/import")) {
      for (String slash : List.of("", "/")) {
        doors.clear();
        String batch =
            "{\"batch\":[{\"type\":\"track\"," + body.substring(1, body.length() - 19) + "}]}";
        assertThat(doors.post(path + slash, batch).statusCode()).isEqualTo(200);
        assertThat(doors.only().type()).isEqualTo(EventType.TRACK);
      }
    }
  }

  @Test
  void an_arrival_tells_its_source_its_trust_and_when_it_came() {
    doors.post("/v1/track", CALL);
    Arrival arrival = doors.arrivals.getFirst();
    assertThat(arrival.source()).isEqualTo("shop");
    assertThat(arrival.trusted()).isTrue();
    assertThat(arrival.receivedAt()).isEqualTo(micros("2026-06-01T12:00:00Z"));
    assertThat(doors.only().receivedAt()).isEqualTo(arrival.receivedAt());
    assertThat(doors.only().messageId()).hasSize(36);
    doors.post("/v1/track", CALL);
    assertThat(doors.rows().stream().map(Incoming::messageId).distinct()).hasSize(2);
  }

  @Test
  void the_outside_of_a_batch_holds_for_its_calls_where_they_say_nothing_else() {
    doors.post(
        "/v1/batch",
        """
        {"sentAt":"2026-06-01T11:00:00Z","integrations":{"All":true},
         "context":{"channel":"app","a":1,"groupId":"g1"},"batch":[
         {"type":"track","event":"E","userId":"u","timestamp":"2026-06-01T10:59:00Z"},
         {"type":"track","event":"E","userId":"u","timestamp":"2026-06-01T10:59:00Z",
          "sentAt":"2026-06-01T10:59:30Z","context":{"channel":"web","b":2,"groupId":"g2"}}]}
        """);
    Incoming first = doors.rows().get(0);
    Incoming second = doors.rows().get(1);
    assertThat(first.context()).isEqualTo("{\"channel\":\"app\",\"a\":1,\"groupId\":\"g1\"}");
    assertThat(first.channel()).isEqualTo("app");
    assertThat(first.groupId()).isEqualTo("g1");
    assertThat(first.occurredAt()).isEqualTo(micros("2026-06-01T11:59:00Z"));
    assertThat(second.context())
        .isEqualTo("{\"channel\":\"web\",\"a\":1,\"groupId\":\"g2\",\"b\":2}");
    assertThat(second.channel()).isEqualTo("web");
    assertThat(second.groupId()).isEqualTo("g2");
    assertThat(second.occurredAt()).isEqualTo(micros("2026-06-01T11:59:30Z"));
  }

  private Incoming timed(String times) {
    doors.clear();
    doors.post("/v1/track", "{\"userId\":\"ann\",\"event\":\"E\"," + times + "}");
    return doors.only();
  }

  @Test
  void the_clock_of_the_sender_is_put_right() {
    String sent = "\"sentAt\":\"2026-06-01T10:00:00Z\"";
    String nine = micros("2026-06-01T09:00:00Z") + "";
    Map<String, String> occurred =
        Map.of(
            "\"timestamp\":\"2026-06-01T09:00:00Z\"",
            "2026-06-01T09:00:00Z",
            sent + ",\"timestamp\":\"2026-06-01T11:00:00+02:00\"",
            "2026-06-01T11:00:00Z",
            sent
                + ",\"timestamp\":\"2026-06-01T08:00:00Z\",\"originalTimestamp\":\"2026-06-01T09:30:00Z\"",
            "2026-06-01T11:30:00Z",
            "\"originalTimestamp\":\"2026-06-01T09:30:00Z\"",
            "2026-06-01T09:30:00Z",
            sent,
            "2026-06-01T12:00:00Z",
            "\"receivedAt\":\"nonsense\"",
            "2026-06-01T12:00:00Z",
            "\"timestamp\":" + nine,
            "2026-06-01T09:00:00Z",
            "\"timestamp\":\"" + nine.substring(0, 13) + "\"",
            "2026-06-01T09:00:00Z",
            "\"timestamp\":" + nine.substring(0, 10) + ".5",
            "2026-06-01T09:00:00.500Z",
            "\"timestamp\":20260301",
            "1970-08-23T11:51:41Z");
    occurred.forEach((times, instant) -> {
      assertThat(timed(times).occurredAt()).as(times).isEqualTo(micros(instant));
      assertThat(doors.only().flags()).isZero();
    });
  }

  @Test
  void a_time_in_the_future_becomes_the_time_of_receipt_and_is_marked() {
    Incoming ahead = timed("\"timestamp\":\"2026-06-01T12:05:01Z\"");
    assertThat(ahead.occurredAt()).isEqualTo(micros("2026-06-01T12:00:00Z"));
    assertThat(ahead.flags()).isEqualTo(Incoming.FLAG_TIME_FIXED);
    Incoming near = timed("\"timestamp\":\"2026-06-01T12:05:00Z\"");
    assertThat(near.occurredAt()).isEqualTo(micros("2026-06-01T12:05:00Z"));
    assertThat(near.flags()).isZero();
    assertThat(
            timed("\"timestamp\":\"2026-06-01T12:00:00Z\",\"sentAt\":\"0001-01-01T00:00:00Z\"")
                .flags())
        .isEqualTo(Incoming.FLAG_TIME_FIXED);
  }

  @Test
  void times_that_leave_the_instant_open_are_rejected() {
    for (String time :
        List.of(
            "\"2026-06-01T09:00:00\"",
            "\"2026-06-01\"",
            "\"20260301\"",
            "-5",
            "1e30",
            "true",
            "{}",
            "\"yesterday\"",
            "\"1/2/2026\"",
            "100000000000000000")) {
      doors.clear();
      HttpResponse<String> answer =
          doors.post("/v1/track", "{\"userId\":\"a\",\"event\":\"E\",\"timestamp\":" + time + "}");
      assertThat(answer.statusCode()).as(time).isEqualTo(400);
      assertThat(answer.body()).contains("\"reason\":\"bad_timestamp\"");
      assertThat(doors.rejects()).hasSize(1);
    }
    HttpResponse<String> answer =
        doors.post(
            "/v1/track",
            "{\"userId\":\"a\",\"event\":\"E\",\"timestamp\":\"0001-01-01T00:00:00Z\",\"sentAt\":\"9999-01-01T00:00:00Z\"}");
    assertThat(answer.body()).contains("bad_timestamp").contains("before the year 1");
  }

  @Test
  void a_bad_call_is_told_what_is_wrong_and_where() {
    Map<String, String> reasons =
        Map.of(
            "{\"event\":\"E\"}",
            "no_id",
            "{\"userId\":\"\",\"event\":\"E\"}",
            "no_id",
            "{\"userId\":\"a\"}",
            "no_event",
            "{\"userId\":1.5,\"event\":\"E\"}",
            "bad_id",
            "{\"userId\":\"a\",\"event\":\"E\",\"properties\":[]}",
            "not_an_object",
            "{\"userId\":\"a\",\"event\":\"E\",\"event\":\"F\"}",
            "duplicate_key",
            "{\"userId\":\"a\",\"event\":\"E\",\"x\":" + "[".repeat(40) + "]".repeat(40) + "}",
            "too_deep",
            "{\"userId\":\"a\" \"event\":\"E\"}",
            "bad_json",
            "[1]",
            "bad_json",
            "",
            "bad_json");
    reasons.forEach((body, reason) -> {
      doors.clear();
      HttpResponse<String> answer = doors.post("/v1/track", body);
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(answer.body())
          .startsWith(
              "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"detail\":\"")
          .contains("\"reason\":\"" + reason + "\"");
      assertThat(doors.rows()).isEmpty();
      assertThat(doors.rejects()).hasSize(1);
      assertThat(doors.rejects().getFirst().file()).isEqualTo("POST /v1/track");
    });
    assertThat(doors.post("/v1/track", "{\"userId\":\"a\" \"event\":\"E\"}").body())
        .contains("column 15");
    byte[] latin = "{\"userId\":\"zo?\",\"event\":\"E\"}".getBytes(StandardCharsets.UTF_8);
    latin[13] = (byte) 0xE9;
    assertThat(doors.post("/v1/track", latin).body()).contains("bad_encoding").contains("byte 14");
  }

  @Test
  void ids_may_be_whole_numbers_of_any_length() {
    doors.post("/v1/track", "{\"userId\":12345678901234567890123,\"event\":\"E\",\"messageId\":7}");
    assertThat(doors.only().userId()).isEqualTo("12345678901234567890123");
    assertThat(doors.only().messageId()).isEqualTo("7");
  }

  @Test
  void names_about_nobody_need_no_id() {
    assertThat(doors.post("/v1/track", "{\"event\":\"Campaign Cost\"}").statusCode())
        .isEqualTo(200);
    assertThat(doors.only().userId()).isNull();
  }

  @Test
  void of_a_batch_the_good_calls_are_kept_and_each_gets_its_verdict_when_asked() {
    String batch =
        """
        {"writeKey":"secret","batch":[
          {"type":"track","event":"E","userId":"u","messageId":"m-1"},
          {"type":"track","event":"E"},
          5,
          {"type":"identify","userId":"u","traits":{"a":1},"messageId":"m-2"}]}
        """;
    HttpResponse<String> answer = doors.post("/v1/batch?verbose=1", batch);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"success\":true,\"items\":[{\"verdict\":\"accepted\",\"messageId\":\"m-1\"},"
                + "{\"verdict\":\"rejected\",\"reason\":\"no_id\",\"detail\":\"there is no userId and no anonymousId\"},"
                + "{\"verdict\":\"rejected\",\"reason\":\"bad_json\",\"detail\":\"this is no JSON object\"},"
                + "{\"verdict\":\"accepted\",\"messageId\":\"m-2\"}]}");
    assertThat(doors.rows()).extracting(Incoming::line).containsExactly(1L, 4L);
    assertThat(doors.rejects()).extracting(r -> r.line()).containsExactly(2L, 3L);
    assertThat(doors.post("/v1/batch", batch).body()).isEqualTo("{\"success\":true}");
    assertThat(doors.post("/v1/batch", "{\"batch\":[]}").statusCode()).isEqualTo(400);
    assertThat(doors.post("/v1/batch", "{\"batch\":{}}").statusCode()).isEqualTo(400);
    assertThat(doors.post("/v1/batch", CALL).body()).contains("there is no list named batch");
    assertThat(doors.post("/v1/batch", batch.replace("{\"a\":1}", "{\"a\":}")).statusCode())
        .isEqualTo(400);
  }

  @Test
  void rejected_bodies_are_kept_without_their_keys() {
    doors.post("/v1/track", "{\"writeKey\":\"secret\",\"event\":\"E\"}");
    assertThat(doors.rejects().getFirst().body())
        .isEqualTo("{\"writeKey\":\"[removed]\",\"event\":\"E\"}");
    assertThat(doors.rejects().getFirst().reason()).isEqualTo(RejectReason.NO_ID);
  }

  @Test
  void other_methods_and_addresses_get_a_problem() {
    HttpResponse<String> get = doors.send(doors.to("/v1/track").GET().build());
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.headers().firstValue("Allow")).hasValue("POST, OPTIONS");
    assertThat(get.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    HttpResponse<String> put =
        doors.send(doors.to("/e/").PUT(HttpRequest.BodyPublishers.ofString("{}")).build());
    assertThat(put.statusCode()).isEqualTo(405);
    HttpResponse<String> none = doors.post("/v1/nothing", "{}");
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(none.body()).contains("\"status\":404");
  }
}
