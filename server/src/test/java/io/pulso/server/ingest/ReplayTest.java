package io.pulso.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.store.Incoming;
import io.pulso.server.store.RejectReason;
import io.pulso.server.store.Rejected;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  @TempDir Path folder;
  Imports imports;

  @BeforeEach
  void begin() {
    imports = new Imports(folder);
  }

  private ImportReport replay(UnaryOperator<ImportRequest> options) {
    List<Rejected> rejected = List.copyOf(imports.load.rejected);
    imports.load = imports.load.next();
    ImportRequest request = options.apply(ImportRequest.of(List.of(), Imports.NOW));
    ImportReport report = Importer.replay(rejected, request, imports.load, Progress.NONE);
    imports.adds(report);
    return report;
  }

  @Test
  void rows_are_stored_once_the_mapping_is_mended_and_stay_what_they_are_in_the_file() {
    String text = "who,event,time,amount\nann,E,2026-01-01,1\nann,E,2026-01-01,1\nben,E,,2\n";
    Map<String, String> wrong =
        Map.of("customer", "who", "event", "event", "time", "date(row.time + \"x\")");
    Map<String, String> right = Map.of("customer", "who", "event", "event", "time", "time");
    Imports.counts(
        imports.text("a.csv", text, r -> r.withMap(wrong)),
        0,
        Map.of(RejectReason.MAPPING_FAILED, 3L));
    Imports.counts(replay(r -> r.withMap(right)), 2, Map.of(RejectReason.BAD_TIMESTAMP, 1L));
    assertThat(imports.load.rows).extracting(Incoming::line).containsExactly(2L, 3L);
    assertThat(imports.load.rejected.get(0).line()).isEqualTo(4);
    assertThat(imports.load.rejected.get(0).file()).endsWith("a.csv");
    assertThat(imports.text("a.csv", text, r -> r.withMap(right)).duplicates()).isEqualTo(2);
  }

  @Test
  void json_records_are_read_again_as_they_were() {
    String text =
        "[{\"type\":\"track\",\n\"event\":\"E\",\"userId\":\"a\",\"timestamp\":\"03.04.2026\"},{\"broken\":}]";
    imports.text("a.json", text);
    assertThat(imports.load.rejected).hasSize(2);
    Imports.counts(
        replay(r -> r.withTimeFormat("dd.MM.yyyy")), 1, Map.of(RejectReason.BAD_JSON, 1L));
    assertThat(imports.load.only().occurredAt()).isEqualTo(Imports.micros("2026-04-03T00:00:00Z"));
    assertThat(imports.text("b.json", text, r -> r.withTimeFormat("dd.MM.yyyy")).duplicates())
        .isEqualTo(1);
  }

  @Test
  void calls_that_came_over_http_are_read_as_their_address_tells() {
    Rejected track = http("POST /v1/track", "{\"userId\":\"ann\",\"event\":\"E\"}");
    Rejected identify = http("POST /v1/i/", "{\"userId\":\"ann\",\"traits\":{\"a\":1}}");
    Rejected item = http("POST /v1/batch", "{\"type\":\"page\",\"userId\":\"ann\"}");
    Rejected cloud =
        http(
            "POST /v1/cloudevents",
            "{\"specversion\":\"1.0\",\"time\":\"2026-01-01T00:00:00Z\",\"type\":\"C\",\"id\":\"1\",\"source\":\"s\",\"subject\":\"ann\"}");
    Rejected bad = http("POST /v1/track", "{\"event\":\"E\"}");
    Rejected broken = http("POST /v1/t", "userId=ann");
    imports.load.rejected.addAll(List.of(track, identify, item, cloud, bad, broken));
    Imports.counts(replay(r -> r), 4, Map.of(RejectReason.NO_ID, 1L, RejectReason.BAD_JSON, 1L));
    assertThat(imports.load.rows)
        .extracting(row -> row.type() + " " + row.event())
        .containsExactlyInAnyOrder("TRACK E", "IDENTIFY null", "PAGE null", "TRACK C");
  }

  private static Rejected http(String address, String body) {
    return new Rejected(address, 1, RejectReason.BAD_ROW, "", body);
  }
}
