package io.pulso.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.EventType;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.server.ingest.SharedData;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.RejectReason;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PayloadsTest {
  /// The reason that each label of the documents' payloads stands for.
  private static final Map<String, RejectReason> REASONS =
      Map.of(
          "no_userId_or_anonymousId", RejectReason.NO_ID,
          "properties_not_object", RejectReason.NOT_AN_OBJECT,
          "traits_not_object", RejectReason.NOT_AN_OBJECT,
          "alias_without_previousId", RejectReason.NO_PREVIOUS_ID);

  private static List<Json.Obj> lines(String name) throws Exception {
    List<Json.Obj> lines = new ArrayList<>();
    for (String line : Files.readAllLines(SharedData.path("event_payloads/" + name))) {
      if (!line.startsWith("#") && JsonText.read(line) instanceof Json.Obj one) {
        lines.add(one);
      }
    }
    return lines;
  }

  private static String text(Json.Obj object, String key) {
    return object.get(key) instanceof Json.Str s ? s.value() : "";
  }

  private static List<Json> list(Json.Obj object, String key) {
    return object.get(key) instanceof Json.Arr a ? a.items() : List.of();
  }

  @Test
  void clean_payloads_of_segments_documents_are_accepted_and_labelled_ones_rejected_with_reason()
      throws Exception {
    int clean = 0;
    int labelled = 0;
    try (OpenDoors doors = new OpenDoors()) {
      for (Json.Obj line : lines("segment_docs.jsonl")) {
        doors.clear();
        Json payload = line.get("payload");
        String body = payload == null ? "" : JsonText.write(payload);
        boolean batch = text(line, "kind").equals("batch_json");
        String path = batch ? "/v1/batch" : "/v1/" + text(line, "type");
        HttpResponse<String> answer = doors.post(path, body);
        List<Json> problems = list(line, "problems");
        if (problems.isEmpty()) {
          assertThat(answer.statusCode()).as(body + answer.body()).isEqualTo(200);
          assertThat(doors.rejects()).isEmpty();
          assertThat(doors.rows()).isNotEmpty();
          clean++;
        } else {
          assertThat(answer.statusCode()).as(body).isEqualTo(400);
          assertThat(doors.rows()).isEmpty();
          assertThat(problems.stream().map(PayloadsTest::reason))
              .as(problems + " " + body)
              .contains(doors.rejects().getFirst().reason());
          labelled++;
        }
      }
    }
    assertThat(clean).isPositive();
    assertThat(clean + labelled).isEqualTo(551);
  }

  private static @Nullable RejectReason reason(Json problem) {
    return problem instanceof Json.Str s ? REASONS.get(s.value()) : null;
  }

  @Test
  void requests_of_posthogs_clients_become_the_88_events_that_they_are() throws Exception {
    Set<String> ids = new HashSet<>();
    int expected = 0;
    for (Json.Obj line : lines("posthog_requests_dump.jsonl")) {
      Instant now = OffsetDateTime.parse(text(line, "now")).toInstant();
      try (OpenDoors doors = new OpenDoors(() -> now)) {
        doors.keys.put("abcdef123456", Key.server("p1", "posthog", 0));
        list(line, "output")
            .forEach(
                o -> doors.keys.put(text((Json.Obj) o, "token"), Key.server("p2", "posthog", 0)));
        byte[] body = Base64.getDecoder().decode(text(line, "body"));
        HttpResponse<String> answer =
            doors.post(text(line, "path"), body, "Content-Type", text(line, "content_type"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":1}");
        assertThat(doors.rejects()).isEmpty();
        List<Json> output = list(line, "output");
        assertThat(doors.rows()).hasSameSizeAs(output);
        for (int i = 0; i < output.size(); i++) {
          same(doors.rows().get(i), (Json.Obj) output.get(i), now);
          ids.add(doors.rows().get(i).messageId());
        }
        expected += output.size();
      }
    }
    assertThat(expected).isEqualTo(88);
    assertThat(ids).hasSize(82);
  }

  private static void same(Incoming row, Json.Obj output, Instant now) throws Exception {
    Json.Obj data = (Json.Obj) JsonText.read(text(output, "data"));
    String event = text(data, "event");
    assertThat(row.messageId()).isEqualTo(text(output, "uuid"));
    List<String> ids = List.of(String.valueOf(row.userId()), String.valueOf(row.anonymousId()));
    String own = row.type() == EventType.GROUP ? "null" : text(output, "distinct_id");
    assertThat(ids).contains(own);
    String told =
        switch (row.type()) {
          case TRACK -> String.valueOf(row.event());
          case PAGE -> "$pageview";
          case IDENTIFY -> event.equals("$set") ? "$set" : "$identify";
          case SCREEN -> "$screen";
          case GROUP -> "$groupidentify";
          case ALIAS -> "$create_alias";
        };
    assertThat(told).isEqualTo(event);
    assertThat(String.valueOf(row.properties())).doesNotContain(text(output, "token"));
    assertThat(row.occurredAt() / 1_000)
        .isEqualTo(Math.floorDiv(occurred(data, text(output, "sent_at"), now), 1_000));
  }

  /// In microseconds: as long before the receipt as the sender's clock tells.
  private static long occurred(Json.Obj data, String sentAt, Instant now) {
    long received = micros(now);
    if (data.get("offset") instanceof Json.Num offset) {
      return received - Math.round(offset.value()) * 1_000;
    }
    long at = micros(OffsetDateTime.parse(text(data, "timestamp")).toInstant());
    return sentAt.isEmpty() ? at : received - micros(OffsetDateTime.parse(sentAt).toInstant()) + at;
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }
}
