package io.pulso.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.engine.event.EventType;
import io.pulso.server.event.InputException;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.RejectReason;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvImportTest {
  @TempDir Path folder;
  Imports imports;

  @BeforeEach
  void begin() {
    imports = new Imports(folder);
  }

  @Test
  void columns_are_guessed_and_the_others_become_properties() {
    ImportReport report =
        imports.text(
            "a.csv",
            """
            user_id,event,timestamp,value,plan,seats,trial,zip
            ann,Feature Used,2026-03-01T10:00:00Z,12.50,pro,3,true,01234
            ben,Page Hit,2026-03-02T10:00:00+01:00,,"a ""b"", c",,false,9
            """);
    Imports.counts(report, 2, Map.of());
    Incoming ann = imports.load.rows.get(0);
    assertThat(ann.type()).isEqualTo(EventType.TRACK);
    assertThat(ann.userId()).isEqualTo("ann");
    assertThat(ann.event()).isEqualTo("Feature Used");
    assertThat(ann.occurredAt()).isEqualTo(Imports.micros("2026-03-01T10:00:00Z"));
    assertThat(ann.receivedAt()).isEqualTo(Incoming.ASSUMED);
    assertThat(ann.value()).isEqualTo(12.5);
    assertThat(ann.properties())
        .isEqualTo(
            "{\"value\":12.5,\"plan\":\"pro\",\"seats\":3,\"trial\":true,\"zip\":\"01234\"}");
    assertThat(ann.line()).isEqualTo(2);
    Incoming ben = imports.load.rows.get(1);
    assertThat(ben.occurredAt()).isEqualTo(Imports.micros("2026-03-02T09:00:00Z"));
    assertThat(ben.properties())
        .isEqualTo("{\"plan\":\"a \\\"b\\\", c\",\"trial\":false,\"zip\":\"9\"}");
    assertThat(ben.value()).isNaN();
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "|", "\t"})
  void the_delimiter_is_told_by_the_first_rows(String delimiter) {
    String text = "customer,event,time,note\nann,E,2026-01-01,x\nben,E,2026-01-02,y\n";
    Imports.counts(imports.text("a.txt", text.replace(",", delimiter)), 2, Map.of());
  }

  @Test
  void line_ends_of_every_kind_and_line_ends_in_quotes_are_read() {
    String text = "customer,event,time,note\r\nann,E,2026-01-01,\"a\r\nb\"\r\rben,E,2026-01-02,y";
    Imports.counts(imports.text("a.csv", text), 2, Map.of());
    assertThat(imports.load.rows.get(0).properties()).isEqualTo("{\"note\":\"a\\r\\nb\"}");
    assertThat(imports.load.rows).extracting(Incoming::line).containsExactly(2L, 5L);
  }

  @Test
  void a_ragged_row_and_a_broken_quote_cost_one_row_each() {
    ImportReport report =
        imports.text(
            "a.csv",
            """
            customer,event,time
            ann,E,2026-01-01
            ann,E
            ann,E,2026-01-02,more
            "ann,E,2026-01-03
            ben,E,2026-01-04
            "cat"x,E,2026-01-05
            dan,E,2026-01-06
            """);
    Imports.counts(report, 3, Map.of(RejectReason.BAD_ROW, 4L));
    assertThat(imports.load.rejected).extracting(r -> r.line()).containsExactly(3L, 4L, 5L, 7L);
    assertThat(imports.load.rejected.get(0).detail())
        .isEqualTo("the row has 2 fields, the header 3");
    assertThat(imports.load.rejected.get(0).body()).isEqualTo("customer,event,time\nann,E");
  }

  @Test
  void a_byte_order_mark_is_no_part_of_the_first_column() {
    ImportReport report = imports.text("a.csv", "\uFEFFcustomer,event,time\nann,E,2026-01-01\n");
    Imports.counts(report, 1, Map.of());
  }

  @Test
  void rows_without_an_id_a_time_or_with_a_later_time_are_rejected_with_their_reason() {
    ImportReport report =
        imports.text(
            "a.csv",
            """
            customer,event,time
            ,E,2026-01-01
            ann,,2026-01-01
            ann,E,
            ann,E,yesterday
            ann,E,2026-06-01T12:05:01Z
            ann,E,2026-06-01T12:05:00Z
            """);
    Imports.counts(
        report,
        1,
        Map.of(
            RejectReason.NO_ID, 1L,
            RejectReason.BAD_TYPE, 1L,
            RejectReason.BAD_TIMESTAMP, 2L,
            RejectReason.FUTURE, 1L));
  }

  @Test
  void reading_again_stores_nothing_twice_also_from_a_renamed_and_longer_file() {
    String rows = "ann,E,2026-01-01\nann,E,2026-01-01\nben,E,2026-01-01\n";
    String header = "customer,event,time\n";
    assertThat(imports.text("a.csv", header + rows).stored()).isEqualTo(3);
    assertThat(imports.text("b.csv", header + rows).duplicates()).isEqualTo(3);
    ImportReport longer =
        imports.text("c.csv", header + "zoe,E,2026-01-01\n" + rows + "ann,E,2026-01-01\n");
    assertThat(longer.stored()).isEqualTo(2);
    assertThat(longer.duplicates()).isEqualTo(3);
  }

  @Test
  void a_mapping_may_compute_from_row_file_and_line() {
    ImportReport report =
        imports.text(
            "AAA_2013J.csv",
            """
            InvoiceNo,Quantity,UnitPrice,Customer ID,day
            C1,-2,3.5,7,-3
            2,4,1.25,8,10
            x,abc,1,9,1
            """,
            r ->
                r.withMap(
                    Map.of(
                        "customer", "Customer ID",
                        "event",
                            "row.InvoiceNo.startsWith(\"C\") ? \"Order Refunded\" : \"Order Completed\"",
                        "value", "abs(double(row.Quantity) * double(row.UnitPrice))",
                        "time", "date(\"2026-02-01\") + duration(int(row.day))",
                        "message_id", "string(line)",
                        "properties.module", "file.split(\"_\")[0]",
                        "properties.no", "InvoiceNo")));
    Imports.counts(report, 2, Map.of(RejectReason.MAPPING_FAILED, 1L));
    Incoming refund = imports.load.rows.get(0);
    assertThat(refund.event()).isEqualTo("Order Refunded");
    assertThat(refund.value()).isEqualTo(7.0);
    assertThat(refund.occurredAt()).isEqualTo(Imports.micros("2026-01-29T00:00:00Z"));
    assertThat(refund.messageId()).isEqualTo("2");
    assertThat(refund.properties()).contains("\"module\":\"AAA\"").contains("\"value\":7");
    assertThat(imports.load.rejected.get(0).detail()).contains("abc");
  }

  @Test
  void only_mapped_columns_are_kept_unless_all_are_asked_for() {
    String text = "c,e,t,plan\nann,E,2026-01-01,pro\n";
    Map<String, String> map = Map.of("customer", "c", "event", "e", "time", "t");
    imports.text("a.csv", text, r -> r.withMap(map));
    assertThat(imports.load.only().properties()).isNull();
    Map<String, String> all = new java.util.HashMap<>(map);
    all.put("properties", "*");
    imports.text("b.csv", text, r -> r.withMap(all));
    assertThat(imports.load.only().properties()).isEqualTo("{\"plan\":\"pro\"}");
  }

  @Test
  void the_file_name_in_a_mapping_tells_equal_rows_of_two_files_apart() {
    Map<String, String> map = Map.of("customer", "c", "event", "file", "time", "t");
    imports.text("a.csv", "c,t\nann,2026-01-01\n", r -> r.withMap(map));
    assertThat(imports.text("b.csv", "c,t\nann,2026-01-01\n", r -> r.withMap(map)).stored())
        .isEqualTo(1);
    assertThat(imports.text("a.csv", "c,t\nann,2026-01-01\n", r -> r.withMap(map)).duplicates())
        .isEqualTo(1);
  }

  @Test
  void local_times_take_the_earlier_offset_in_an_overlap_and_move_forward_in_a_gap() {
    String text =
        "customer,event,time\na,E,2025-10-26 02:30:00\na,E,2026-03-29 02:30:00\na,E,2026-01-01\n";
    ZoneId rome = ZoneId.of("Europe/Rome");
    imports.text("a.csv", text, r -> r.withZones(null, rome));
    assertThat(imports.load.rows)
        .extracting(Incoming::occurredAt)
        .containsExactly(
            Imports.micros("2025-10-26T00:30:00Z"),
            Imports.micros("2026-03-29T01:30:00Z"),
            Imports.micros("2025-12-31T23:00:00Z"));
    imports.text("b.csv", text, r -> r.withZones(ZoneOffset.UTC, rome));
    assertThat(imports.load.rows.get(2).occurredAt())
        .isEqualTo(Imports.micros("2026-01-01T00:00:00Z"));
  }

  @Test
  void a_time_format_reads_texts_without_an_offset() {
    String text =
        "customer,event,time\na,E,31/03/2026 9:05 PM\na,E,2026-01-01T00:00:00Z\na,E,2026-01-01\n";
    ImportReport report = imports.text("a.csv", text, r -> r.withTimeFormat("dd/MM/yyyy h:mm a"));
    Imports.counts(report, 2, Map.of(RejectReason.BAD_TIMESTAMP, 1L));
    assertThat(imports.load.rows.get(0).occurredAt())
        .isEqualTo(Imports.micros("2026-03-31T21:05:00Z"));
  }

  @Test
  void what_the_user_can_mend_is_said_with_the_nearest_word() {
    String text = "customer,event,time\nann,E,2026-01-01\n";
    assertMessage(text, Map.of("custmer", "customer"), "did you mean 'customer'");
    assertMessage(text, Map.of("customer", "custmer"), "did you mean 'customer'");
    assertMessage(text, Map.of("event", "Purchase"), "event='\"Purchase\"'");
    assertMessage(text, Map.of("event", "row.evnt + \"x\""), "did you mean 'event'");
    assertMessage(text, Map.of("event", "row.event +"), "a.csv: event: ");
    assertMessage(text, Map.of("value", "double(row.event) + row.event"), "no matching overload");
    assertMessage(
        "a,b\n1x,2y\n",
        Map.of(),
        "no column tells who acted; map one with --map customer=COLUMN (columns: a, b)");
  }

  private void assertMessage(String text, Map<String, String> map, String expected) {
    assertThatThrownBy(() -> imports.text("a.csv", text, r -> r.withMap(map)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void a_table_parted_by_blanks_without_a_header_is_read_by_numbered_columns() {
    String text = " 00001 19970101  1   11.77\n 00002 19970112  5   77.00\n";
    ImportReport report =
        imports.text(
            "cd.txt",
            text,
            r ->
                r.withTable(' ', null)
                    .withMap(
                        Map.of(
                            "customer",
                            "column1",
                            "event",
                            "\"Order Completed\"",
                            "time",
                            "column2",
                            "value",
                            "column4")));
    Imports.counts(report, 2, Map.of());
    assertThat(imports.load.rows.get(1).userId()).isEqualTo("00002");
    assertThat(imports.load.rows.get(1).value()).isEqualTo(77.0);
    assertThat(imports.load.rows.get(1).occurredAt())
        .isEqualTo(Imports.micros("1997-01-12T00:00:00Z"));
  }

  @Test
  void a_mapped_value_that_is_no_number_is_rejected_and_a_guessed_one_is_kept_as_text() {
    String text = "customer,event,time,v\nann,E,2026-01-01,\"1,000\"\nann,E,2026-01-02,1e3\n";
    ImportReport report =
        imports.text(
            "a.csv",
            text,
            r ->
                r.withMap(
                    Map.of(
                        "customer", "customer", "event", "event", "time", "time", "value", "v")));
    Imports.counts(report, 1, Map.of(RejectReason.BAD_VALUE, 1L));
    assertThat(imports.load.only().value()).isEqualTo(1000.0);
    imports.text("b.csv", text.replace(",v\n", ",value\n"));
    assertThat(imports.load.rows.get(0).flags()).isEqualTo(Incoming.FLAG_VALUE_NOT_NUMBER);
  }

  @Test
  void mautics_points_log_is_known_by_its_columns() {
    ImportReport report =
        imports.text(
            "points.csv",
            """
            id,lead_id,ip_id,group_id,type,event_name,action_name,delta,date_added
            1,7,1,,email,12: Newsletter,email.open,5,2026-01-05 10:00:00
            2,7,1,,manually,Spring fair,spring.fair,-3,2026-01-06 10:00:00
            """);
    Imports.counts(report, 2, Map.of());
    Incoming open = imports.load.rows.get(0);
    assertThat(open.userId()).isEqualTo("7");
    assertThat(open.event()).isEqualTo("Email Opened");
    assertThat(open.channel()).isEqualTo("email");
    assertThat(open.value()).isEqualTo(5.0);
    assertThat(open.messageId()).isEqualTo("mautic-points-1");
    assertThat(imports.load.rows.get(1).event()).isEqualTo("spring.fair");
  }

  @Test
  void folders_and_globs_are_read_in_the_order_of_names() {
    imports.write("in/b/2.csv", "customer,event,time\nben,E,2026-01-01\n");
    imports.write("in/a/1.csv", "customer,event,time\nann,E,2026-01-01\n");
    imports.write("in/README.md", "# notes");
    imports.write("in/.hidden.csv", "x");
    imports.run(List.of(folder.resolve("in").toString()), r -> r);
    assertThat(imports.load.rows).extracting(Incoming::userId).containsExactly("ann", "ben");
    assertThat(imports.load.rows).extracting(Incoming::file).containsExactly(0, 1);
    imports.run(List.of(folder + "/in/*/*.csv"), r -> r);
    assertThat(imports.load.rows).hasSize(2);
    assertThatThrownBy(() -> imports.run(List.of(folder + "/in/*.tsv"), r -> r))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no file matches");
    assertThatThrownBy(() -> imports.run(List.of(folder + "/nothing.csv"), r -> r))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such file");
  }
}
