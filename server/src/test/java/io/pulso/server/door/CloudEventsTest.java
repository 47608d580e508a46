package io.pulso.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.EventType;
import io.pulso.server.store.Incoming;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudEventsTest {
  private static final String PATH = "/v1/cloudevents";
  private static final String EVENT =
      """
      {"specversion":"1.0","id":"1","source":"/shop","type":"Order Completed","subject":"ann",\
      "time":"2026-06-01T10:00:00Z","groupid":"acme","data":{"total":5,"channel":"web"}}\
      """;
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

  private static HttpResponse<String> binary(String data, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Authorization";
    all[headers.length + 1] = "Bearer secret";
    return doors.post(PATH, data.getBytes(StandardCharsets.UTF_8), all);
  }

  @Test
  void an_event_is_read_with_its_user_name_value_and_account() {
    assertThat(doors.post(PATH, EVENT).statusCode()).isEqualTo(200);
    Incoming row = doors.only();
    assertThat(row.type()).isEqualTo(EventType.TRACK);
    assertThat(row.userId()).isEqualTo("ann");
    assertThat(row.event()).isEqualTo("Order Completed");
    assertThat(row.value()).isEqualTo(5);
    assertThat(row.groupId()).isEqualTo("acme");
    assertThat(row.channel()).isEqualTo("web");
    assertThat(row.properties()).isEqualTo("{\"total\":5,\"channel\":\"web\"}");
    assertThat(row.context()).contains("\"source\":\"/shop\"");
    assertThat(row.occurredAt() / 1_000)
        .isEqualTo(Instant.parse("2026-06-01T10:00:00Z").toEpochMilli());
  }

  @Test
  void structured_batched_and_binary_events_with_one_source_and_id_are_the_same() {
    doors.post(PATH, EVENT);
    doors.post(PATH + "/", "[" + EVENT + "," + EVENT.replace("/shop", "/other") + "]");
    binary(
        "{\"total\":5,\"channel\":\"web\"}",
        "Content-Type",
        "application/json; charset=utf-8",
        "ce-specversion",
        "1.0",
        "ce-id",
        "1",
        "ce-source",
        "/shop",
        "ce-type",
        "Order%20Completed",
        "ce-subject",
        "ann",
        "ce-groupid",
        "acme",
        "ce-time",
        "2026-06-01T10:00:00Z");
    assertThat(doors.rows()).hasSize(4);
    Incoming first = doors.rows().get(0);
    assertThat(doors.rows().get(1)).isEqualTo(first);
    assertThat(doors.rows().get(2).messageId()).isNotEqualTo(first.messageId());
    Incoming binary = doors.rows().get(3);
    assertThat(binary.messageId()).isEqualTo(first.messageId());
    assertThat(binary.event()).isEqualTo(first.event());
    assertThat(binary.properties()).isEqualTo(first.properties());
  }

  @Test
  void data_that_is_no_object_is_kept_under_its_own_name() {
    doors.post(PATH, EVENT.replace("{\"total\":5,\"channel\":\"web\"}", "[1,\"a\"]"));
    assertThat(doors.only().properties()).isEqualTo("{\"data\":[1,\"a\"]}");
    doors.clear();
    binary(
        "hello",
        "Content-Type",
        "text/plain",
        "ce-specversion",
        "1.0",
        "ce-id",
        "1",
        "ce-source",
        "s",
        "ce-type",
        "T",
        "ce-subject",
        "u%C3%A9");
    assertThat(doors.only().properties()).isEqualTo("{\"data\":\"hello\"}");
    assertThat(doors.only().userId()).isEqualTo("ué");
  }

  @Test
  void an_event_that_breaks_a_rule_is_told_so() {
    String[][] cases = {
      {EVENT.replace("\"1.0\"", "\"0.3\""), "unsupported"},
      {EVENT.replace("\"id\":\"1\",", ""), "bad_message_id"},
      {EVENT.replace("/shop", ""), "bad_message_id"},
      {EVENT.replace("Order Completed", ""), "no_event"},
      {EVENT.replace("\"subject\":\"ann\",", ""), "no_id"},
      {EVENT.replace("10:00:00Z", "10:00:00"), "bad_timestamp"},
      {"5", "bad_json"},
      {"[]", "bad_json"},
    };
    for (String[] one : cases) {
      HttpResponse<String> answer = doors.post(PATH, one[0]);
      assertThat(answer.statusCode()).as(one[0]).isEqualTo(400);
      assertThat(answer.body()).contains("\"reason\":\"" + one[1] + "\"");
    }
    assertThat(
            binary("{", "ce-specversion", "1.0", "Content-Type", "application/json").statusCode())
        .isEqualTo(400);
    assertThat(doors.rows()).isEmpty();
  }
}
