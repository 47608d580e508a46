package io.pulso.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.EventType;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.RejectReason;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonImportTest {
  @TempDir Path folder;
  Imports imports;

  @BeforeEach
  void begin() {
    imports = new Imports(folder);
  }

  private Incoming one(String json) {
    imports.text("one.jsonl", json + "\n");
    return imports.load.only();
  }

  @Test
  void a_segment_call_is_read_with_its_value_channel_account_and_times() {
    Incoming row =
        one(
            """
            {"type":"track","event":"Order Completed","userId":"ann","anonymousId":12345678901234567890,"messageId":"m-1","timestamp":"2026-03-01T10:00:00.123456789Z","receivedAt":"2026-03-01T10:00:02Z","sentAt":"2020-01-01T00:00:00Z","properties":{"total":9,"revenue":7.50,"x":[1.0,{"y":null}]},"context":{"groupId":"acme","channel":"app"},"channel":"server","integrations":{"All":true}}\
            """);
    assertThat(row.type()).isEqualTo(EventType.TRACK);
    assertThat(row.anonymousId()).isEqualTo("12345678901234567890");
    assertThat(row.messageId()).isEqualTo("m-1");
    assertThat(row.occurredAt()).isEqualTo(Imports.micros("2026-03-01T10:00:00.123456Z"));
    assertThat(row.receivedAt()).isEqualTo(Imports.micros("2026-03-01T10:00:02Z"));
    assertThat(row.value()).isEqualTo(7.5);
    assertThat(row.groupId()).isEqualTo("acme");
    assertThat(row.channel()).isEqualTo("app");
    assertThat(row.properties()).isEqualTo("{\"total\":9,\"revenue\":7.5,\"x\":[1,{\"y\":null}]}");
  }

  @Test
  void the_channel_comes_from_properties_then_context_then_the_name_then_the_type() {
    String time = "\"timestamp\":\"2026-01-01T00:00:00Z\",\"userId\":\"a\"";
    assertThat(
            one("{\"type\":\"track\",\"event\":\"Email Opened\",\"properties\":{\"channel\":\"web\"},\"context\":{\"channel\":\"app\"},"
                    + time
                    + "}")
                .channel())
        .isEqualTo("web");
    assertThat(
            one("{\"type\":\"track\",\"event\":\"Email Opened\",\"properties\":{\"channel\":5},"
                    + time
                    + "}")
                .channel())
        .isEqualTo("email");
    assertThat(one("{\"type\":\"page\",\"name\":\"Home\"," + time + "}").channel())
        .isEqualTo("web");
    assertThat(one("{\"type\":\"screen\"," + time + "}").channel()).isEqualTo("app");
    assertThat(one("{\"type\":\"track\",\"event\":\"X\"," + time + "}").channel()).isNull();
    imports.text(
        "s.jsonl",
        "{\"type\":\"track\",\"event\":\"X\"," + time + "}",
        r -> r.withChannel("phone"));
    assertThat(imports.load.only().channel()).isEqualTo("phone");
  }

  @Test
  void every_rule_rejects_with_its_own_reason() {
    String id = "\"userId\":\"a\",\"timestamp\":\"2026-01-01T00:00:00Z\"";
    String track = "{\"type\":\"track\",\"event\":\"E\"," + id;
    List<String> lines =
        List.of(
            track + "}",
            "{\"type\":\"track\",\"event\":\"E\"}",
            "{\"type\":\"track\",\"event\":\"E\",\"userId\":1.5}",
            "{\"type\":\"track\",\"event\":\"E\",\"userId\":{}}",
            "{\"type\":\"track\"," + id + "}",
            "{\"type\":\"track\",\"event\":7," + id + "}",
            "{\"type\":\"track\",\"event\":\"" + "x".repeat(201) + "\"," + id + "}",
            "{\"type\":\"group\"," + id + "}",
            "{\"type\":\"alias\"," + id + "}",
            "{\"type\":\"alias\",\"previousId\":\"p\",\"anonymousId\":\"b\"}",
            "{\"type\":\"scream\"," + id + "}",
            "{\"type\":\"identify\",\"traits\":[]," + id + "}",
            track + ",\"properties\":\"x\"}",
            track + ",\"messageId\":\"" + "m".repeat(101) + "\"}",
            track + ",\"properties\":{\"a\":1,\"a\":2}}",
            track + ",\"properties\":" + "{\"a\":".repeat(40) + "1" + "}".repeat(40) + "}",
            track + ",\"x\":[" + "{\"a\":1},".repeat(300) + "{}]}",
            track + ",\"properties\":{\"a\":1e999}}",
            track + ",\"properties\":{\"a\":\"" + "x".repeat(33_000) + "\"}}",
            "{\"type\":\"track\",\"event\":\"E\",\"userId\":\"a\",\"timestamp\":\"soon\"}",
            "{\"type\":\"track\",\"event\":\"E\",\"userId\":\"a\",\"timestamp\":-5}",
            "{\"type\":\"track\",\"event\":\"E\",\"userId\":\"a\",\"timestamp\":\"2026-07-01T00:00:00Z\"}",
            "{\"type\":\"track\",\"event\":\"E\",\"userId\":\"" + "x".repeat(201) + "\"}",
            track,
            "[1]",
            "nothing");
    ImportReport report = imports.text("a.jsonl", String.join("\n", lines));
    Imports.counts(
        report,
        1,
        Map.ofEntries(
            Map.entry(RejectReason.NO_ID, 2L),
            Map.entry(RejectReason.BAD_ID, 3L),
            Map.entry(RejectReason.NO_EVENT, 1L),
            Map.entry(RejectReason.BAD_EVENT, 2L),
            Map.entry(RejectReason.NO_GROUP_ID, 1L),
            Map.entry(RejectReason.NO_PREVIOUS_ID, 1L),
            Map.entry(RejectReason.BAD_TYPE, 1L),
            Map.entry(RejectReason.NOT_AN_OBJECT, 2L),
            Map.entry(RejectReason.BAD_MESSAGE_ID, 1L),
            Map.entry(RejectReason.DUPLICATE_KEY, 1L),
            Map.entry(RejectReason.TOO_DEEP, 1L),
            Map.entry(RejectReason.TOO_MANY_KEYS, 1L),
            Map.entry(RejectReason.TOO_LARGE, 1L),
            Map.entry(RejectReason.BAD_TIMESTAMP, 2L),
            Map.entry(RejectReason.FUTURE, 1L),
            Map.entry(RejectReason.BAD_JSON, 4L)));
    assertThat(imports.load.rejected.get(0).line()).isEqualTo(2);
  }

  @Test
  void a_name_that_is_public_needs_no_id() {
    Incoming row =
        one(
            "{\"type\":\"track\",\"event\":\"Campaign Cost\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"properties\":{\"value\":10}}");
    assertThat(row.userId()).isNull();
  }

  @Test
  void ids_are_neither_trimmed_nor_folded_and_an_empty_one_is_none() {
    assertThat(
            one("{\"type\":\"track\",\"event\":\"E\",\"userId\":\" Ann \",\"anonymousId\":\"\"}")
                .userId())
        .isEqualTo(" Ann ");
    assertThat(imports.load.only().anonymousId()).isNull();
    assertThat(
            one("{\"type\":\"track\",\"event\":\"E\",\"userId\":\"" + "😀".repeat(200) + "\"}")
                .userId())
        .hasSize(400);
  }

  @Test
  void a_batch_is_as_many_records_as_it_holds_and_gives_them_its_context() {
    ImportReport report =
        imports.text(
            "a.jsonl",
            """
            {"batch":[{"type":"track","event":"E","userId":"a"},{"type":"track","event":"E"},{"type":"identify","userId":"a","traits":{"plan":"pro"},"context":{"groupId":"own"}}],"context":{"groupId":"outer","locale":"it"},"sentAt":"2026-01-01T00:00:00Z"}
            {"batch":[]}
            """);
    Imports.counts(report, 2, Map.of(RejectReason.NO_ID, 1L, RejectReason.BAD_JSON, 1L));
    assertThat(imports.load.rows.get(0).groupId()).isEqualTo("outer");
    assertThat(imports.load.rows.get(0).context())
        .isEqualTo("{\"groupId\":\"outer\",\"locale\":\"it\"}");
    assertThat(imports.load.rows.get(1).groupId()).isEqualTo("own");
    assertThat(imports.load.rows.get(1).traits()).isEqualTo("{\"plan\":\"pro\"}");
  }

  @Test
  void an_envelope_is_opened() {
    ImportReport report =
        imports.text(
            "a.jsonl",
            """
            {"id":"1","type":"track","payload":{"type":"track","event":"E","userId":"a"}}
            {"id":"2","type":"batch","payload":{"batch":[{"type":"track","event":"E","userId":"a"},{"type":"page","userId":"a"}]}}
            """);
    Imports.counts(report, 3, Map.of());
  }

  @Test
  void arrays_and_objects_over_several_lines_are_read() {
    String array =
        """
        [
          {"type": "track", "event": "E {\\"", "userId": "a"},
          {"type": "track",
           "event": "F", "userId": "b"}
        , 5, {"type":"track","event":"G","userId":"c"} ]
        """;
    Imports.counts(imports.text("a.json", array), 3, Map.of(RejectReason.BAD_JSON, 1L));
    assertThat(imports.load.rows).extracting(Incoming::line).containsExactly(2L, 3L, 5L);
    String pretty =
        "{\n \"type\":\"track\",\n \"event\":\"E\",\"userId\":\"a\"\n}\n{\n\"type\":\"track\",\"event\":\"F\",\"userId\":\"a\"\n}\n";
    Imports.counts(imports.text("b.json", pretty), 2, Map.of());
  }

  @Test
  void a_row_without_a_message_id_gets_the_same_id_again() {
    String line =
        "{\"type\":\"track\",\"event\":\"E\",\"userId\":\"a\",\"timestamp\":\"2026-01-01T00:00:00Z\"}\n";
    assertThat(imports.text("a.jsonl", line + line).stored()).isEqualTo(2);
    assertThat(imports.text("b.jsonl", line).duplicates()).isEqualTo(1);
    assertThat(imports.load.only().messageId())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  }

  @Test
  void objects_of_any_shape_are_guessed_or_mapped() {
    String text =
        """
        {"customer":17,"event":"E","ts":1767225600,"plan":"pro","nested":{"a":1.0},"none":null}
        {"customer":18,"event":"E","ts":1767225600000,"late":"x"}
        {"customer":1.5,"event":"E","ts":1767225600000}
        """;
    ImportReport report = imports.text("a.jsonl", text);
    Imports.counts(report, 2, Map.of(RejectReason.BAD_ID, 1L));
    assertThat(imports.load.rows.get(0).userId()).isEqualTo("17");
    assertThat(imports.load.rows.get(0).properties())
        .isEqualTo("{\"plan\":\"pro\",\"nested\":{\"a\":1}}");
    assertThat(imports.load.rows.get(1).occurredAt())
        .isEqualTo(Imports.micros("2026-01-01T00:00:00Z"));
    assertThat(imports.load.rows.get(1).properties()).isEqualTo("{\"late\":\"x\"}");
    imports = new Imports(folder);
    report =
        imports.text(
            "b.jsonl",
            text,
            r ->
                r.withMap(
                    Map.of(
                        "customer",
                        "customer",
                        "event",
                        "\"X\"",
                        "time",
                        "ts",
                        "value",
                        "row.nested.a * 2.0")));
    Imports.counts(report, 1, Map.of(RejectReason.MAPPING_FAILED, 2L));
    assertThat(imports.load.rows.get(0).value()).isEqualTo(2.0);
  }

  @Test
  void posthogs_events_are_read() {
    ImportReport report =
        imports.text(
            "ph.jsonl",
            """
            {"uuid":"u1","event":"$pageview","distinct_id":"dev1","timestamp":"2026-01-01 10:00:00.5","properties":{"$device_id":"dev1","$pathname":"/home","$lib":"web"}}
            {"uuid":"u2","event":"$identify","distinct_id":"ann","timestamp":"2026-01-01T10:00:01Z","properties":{"$anon_distinct_id":"dev1","$set":{"plan":"pro"}}}
            {"uuid":"u3","event":"Order Completed","distinct_id":"ann","timestamp":"2026-01-01T10:00:02Z","properties":{"revenue":5,"$groups":{"company":"acme"}}}
            {"uuid":"u4","event":"$create_alias","distinct_id":"ann","timestamp":"2026-01-01T10:00:02Z","properties":{"alias":"old"}}
            {"uuid":"u5","event":"$groupidentify","distinct_id":"x","timestamp":"2026-01-01T10:00:02Z","properties":{"$group_type":"company","$group_key":"acme","$group_set":{"seats":5}}}
            """);
    Imports.counts(report, 5, Map.of());
    assertThat(imports.load.rows)
        .extracting(Incoming::type)
        .containsExactly(
            EventType.PAGE, EventType.IDENTIFY, EventType.TRACK, EventType.ALIAS, EventType.GROUP);
    Incoming page = imports.load.rows.get(0);
    assertThat(page.anonymousId()).isEqualTo("dev1");
    assertThat(page.userId()).isNull();
    assertThat(page.name()).isEqualTo("/home");
    assertThat(page.channel()).isEqualTo("web");
    assertThat(page.occurredAt()).isEqualTo(Imports.micros("2026-01-01T10:00:00.5Z"));
    Incoming identify = imports.load.rows.get(1);
    assertThat(identify.userId() + identify.anonymousId() + identify.traits())
        .isEqualTo("anndev1{\"plan\":\"pro\"}");
    assertThat(imports.load.rows.get(2).groupId()).isEqualTo("acme");
    assertThat(imports.load.rows.get(2).value()).isEqualTo(5.0);
    assertThat(imports.load.rows.get(3).previousId()).isEqualTo("old");
    assertThat(imports.load.rows.get(4).traits()).isEqualTo("{\"seats\":5}");
  }

  @Test
  void mixpanels_export_is_read() {
    ImportReport report =
        imports.text(
            "mp.jsonl",
            """
            {"event":"Signed up","properties":{"time":1767225600,"distinct_id":"$device:d1","$insert_id":"i1","mp_processing_time_ms":1767225605000,"Referred by":"Friend","mp_lib":"web"}}
            {"event":"Order Completed","properties":{"time":1767225600,"distinct_id":"ann","$insert_id":"i2","$user_id":"ann","$device_id":"d1","revenue":3}}
            {"event":"$identify","properties":{"time":1767225600,"distinct_id":"ann","$identified_id":"ann","$anon_id":"d1","$insert_id":"i3"}}
            """);
    Imports.counts(report, 3, Map.of());
    Incoming first = imports.load.rows.get(0);
    assertThat(first.anonymousId()).isEqualTo("d1");
    assertThat(first.receivedAt()).isEqualTo(Imports.micros("2026-01-01T00:00:05Z"));
    assertThat(first.properties()).isEqualTo("{\"Referred by\":\"Friend\",\"mp_lib\":\"web\"}");
    assertThat(first.channel()).isEqualTo("web");
    assertThat(imports.load.rows.get(1).userId()).isEqualTo("ann");
    assertThat(imports.load.rows.get(1).value()).isEqualTo(3.0);
    assertThat(imports.load.rows.get(2).type()).isEqualTo(EventType.IDENTIFY);
  }

  @Test
  void amplitudes_export_is_read() {
    ImportReport report =
        imports.text(
            "amp.json",
            """
            {"user_id":"ann","device_id":"d1","amplitude_id":9,"event_type":"Order Completed","event_time":"2026-01-01 10:00:00.123000","server_received_time":"2026-01-01 10:00:01","$insert_id":"i1","event_properties":{"$revenue":4},"user_properties":{"plan":"pro"},"groups":{"company":["acme"]},"platform":"iOS"}
            {"user_id":null,"device_id":null,"amplitude_id":9,"event_type":"$identify","event_time":"2026-01-01 10:00:00","uuid":"u","user_properties":{"$set":{"plan":"pro"}}}
            """);
    Imports.counts(report, 2, Map.of());
    Incoming order = imports.load.rows.get(0);
    assertThat(order.value()).isEqualTo(4.0);
    assertThat(order.properties()).isEqualTo("{\"revenue\":4}");
    assertThat(order.channel()).isEqualTo("app");
    assertThat(order.groupId()).isEqualTo("acme");
    assertThat(order.receivedAt()).isEqualTo(Imports.micros("2026-01-01T10:00:01Z"));
    assertThat(imports.load.rows.get(1).anonymousId()).isEqualTo("9");
    assertThat(imports.load.rows.get(1).traits()).isEqualTo("{\"plan\":\"pro\"}");
  }

  @Test
  void standard_input_is_read() {
    byte[] text =
        "{\"type\":\"track\",\"event\":\"E\",\"userId\":\"a\"}".getBytes(StandardCharsets.UTF_8);
    ImportReport report =
        imports.run(List.of("-"), r -> r.withStandardInput(new ByteArrayInputStream(text)));
    Imports.counts(report, 1, Map.of());
  }

  @Test
  void a_write_key_is_not_kept_in_a_rejected_body() {
    imports.text("a.jsonl", "{\"type\":\"track\",\"event\":\"E\",\"writeKey\": \"secret\"}\n");
    assertThat(imports.load.rejected.get(0).body()).contains("[removed]").doesNotContain("secret");
  }

  @Test
  void pages_in_a_table_have_a_type_and_a_name() {
    imports.text(
        "p.csv",
        "type,user_id,name,timestamp\npage,ann,Home,2026-01-01\nscreen,ann,Start,2026-01-01\n");
    assertThat(imports.load.rows).extracting(Incoming::name).containsExactly("Home", "Start");
    assertThat(imports.load.rows).extracting(Incoming::channel).containsExactly("web", "app");
  }
}
