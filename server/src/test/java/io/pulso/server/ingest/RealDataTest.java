package io.pulso.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.EventType;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import io.pulso.server.store.Incoming;
import io.pulso.server.store.RejectReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealDataTest {
  @TempDir Path folder;
  Imports imports;

  @BeforeEach
  void begin() {
    imports = new Imports(folder);
  }

  @Test
  void the_online_retail_lines_come_in_as_their_readme_counts_them() {
    Path lines = SharedData.path("online_retail_uci/lines");
    Map<String, String> map = new LinkedHashMap<>();
    map.put("customer", "CustomerID");
    map.put(
        "event",
        "row.InvoiceNo.startsWith(\"C\") ? \"Order Refunded\" :"
            + " double(row.UnitPrice) == 0.0 ? \"Item Given\" : \"Order Completed\"");
    map.put("time", "InvoiceDate");
    map.put("value", "abs(double(row.Quantity) * double(row.UnitPrice))");
    map.put("properties", "*");
    ImportReport report = imports.file(lines, r -> r.withMap(map));
    assertThat(report.files()).isEqualTo(13);
    assertThat(report.read()).isEqualTo(541_909);
    Imports.counts(report, 406_829, Map.of(RejectReason.NO_ID, 135_080L));
    Map<String, Long> events =
        imports.load.rows.stream()
            .collect(
                Collectors.groupingBy(row -> String.valueOf(row.event()), Collectors.counting()));
    assertThat(events).containsEntry("Item Given", 40L);
    assertThat(imports.load.rows).allMatch(row -> row.value() >= 0);
    assertThat(imports.load.rows.stream().map(Incoming::userId).distinct()).hasSize(4_372);
    ImportReport again = imports.file(lines, r -> r.withMap(map));
    assertThat(again.duplicates()).isEqualTo(406_829);
  }

  @Test
  void of_the_payloads_in_segments_documents_the_clean_ones_are_stored() throws Exception {
    Path file = SharedData.path("event_payloads/segment_docs.jsonl");
    long clean = 0;
    for (String line : Files.readAllLines(file)) {
      if (JsonText.read(line) instanceof Json.Obj one
          && one.get("problems") instanceof Json.Arr problems
          && problems.items().isEmpty()
          && one.get("payload") instanceof Json.Obj inner) {
        clean += inner.get("batch") instanceof Json.Arr batch ? batch.items().size() : 1;
      }
    }
    ImportReport report = imports.file(file, r -> r);
    assertThat(report.stored() + report.duplicates()).isEqualTo(clean);
    assertThat(report.rejectedTotal()).isEqualTo(285);
    assertThat(report.duplicates()).isEqualTo(6); // the documents repeat message ids
    assertThat(report.rejected().keySet())
        .containsExactlyInAnyOrder(
            RejectReason.NO_ID, RejectReason.NOT_AN_OBJECT, RejectReason.NO_PREVIOUS_ID);
  }

  @Test
  void the_purchases_of_cdnow_are_read_from_columns_parted_by_blanks() {
    Path file = SharedData.path("cdnow/CDNOW_master.txt");
    Map<String, String> map =
        Map.of(
            "customer", "customer_id",
            "event", "\"Order Completed\"",
            "time", "date",
            "value", "dollar_value",
            "properties.cds", "number_of_cds");
    ImportReport report = imports.file(file, r -> r.withTable(' ', null).withMap(map));
    Imports.counts(report, 69_659, Map.of());
    assertThat(imports.load.rows.stream().map(Incoming::userId).distinct()).hasSize(23_570);
  }

  @Test
  void the_clicks_of_oulad_are_read_from_parquet_and_from_csv() {
    Path parquet = SharedData.path("oulad/parquet/AAA_2013J.parquet");
    Map<String, String> map = new LinkedHashMap<>();
    map.put("customer", "id_student");
    map.put("event", "\"Clicked\"");
    map.put(
        "time",
        "date(file.substring(4, 8) + (file.substring(8, 9) == \"B\" ? \"-02-01\" : \"-10-01\"))"
            + " + duration(int(row.date))");
    map.put("value", "sum_click");
    map.put("properties.module", "file.substring(0, 3)");
    Imports.counts(imports.file(parquet, r -> r.withMap(map)), 180_982, Map.of());
    Incoming first = imports.load.rows.get(0);
    assertThat(first.userId()).matches("\\d+");
    assertThat(first.properties()).endsWith("\"module\":\"AAA\"}");
    long clicks = imports.load.rows.stream().mapToLong(row -> (long) row.value()).sum();
    Path csv = SharedData.path("oulad/studentVle/AAA_2013J.csv.gz");
    Imports.counts(imports.file(csv, r -> r.withMap(map)), 180_982, Map.of());
    assertThat(imports.load.rows.stream().mapToLong(row -> (long) row.value()).sum())
        .isEqualTo(clicks);
  }

  @Test
  void the_registrations_of_oulad_become_traits() {
    Path file = SharedData.path("oulad/studentInfo.csv");
    ImportReport report =
        imports.file(
            file,
            r ->
                r.withAs(As.TRAITS)
                    .withMap(Map.of("customer", "id_student", "traits.region", "region")));
    Imports.counts(report, 21_333, Map.of());
    assertThat(imports.load.rows).allMatch(row -> row.type() == EventType.IDENTIFY);
  }
}
