package io.pulso.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulso.server.event.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingTest {
  @TempDir Path folder;

  @Test
  void what_was_guessed_is_shown() {
    Imports imports = new Imports(folder);
    Path file =
        imports.write("a.csv", "CustomerID,Activity,Time,amount,plan\nann,E,2026-01-01,5,pro\n");
    List<String> shown = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public void begin(long bytes) {
            shown.add("begin " + bytes);
          }

          @Override
          public void file(String name, String format, String mapping) {
            shown.add(format + "\n" + mapping);
          }

          @Override
          public void reached(long bytes, long records) {
            shown.add(bytes + " " + records);
          }

          @Override
          public void storing() {
            shown.add("storing");
          }
        };
    Importer.run(
        ImportRequest.of(List.of(file.toString()), Imports.NOW), new RecordingLoad(), progress);
    assertThat(shown)
        .containsExactly(
            "begin 60",
            "csv\nvalue ← amount\ncustomer ← CustomerID\nevent ← Activity\ntime ← Time\nproperties ← plan",
            "60 1",
            "60 1",
            "storing");
  }

  @Test
  void a_mapping_file_is_yaml_with_one_field() {
    assertThat(ImportRequest.mapFile("m.yaml", "map:\n  customer: id\n  event: 'row.a + \"x\"'\n"))
        .isEqualTo(Map.of("customer", "id", "event", "row.a + \"x\""));
    assertFault("maps: {customer: id}", "m.yaml:1");
    assertFault("map: {customer: [1]}", "m.yaml:1: 'customer' must be a column");
    assertFault("map: {customer: a}\nzone: UTC", "m.yaml:2: unknown field 'zone'");
  }

  private static void assertFault(String text, String expected) {
    assertThatThrownBy(() -> ImportRequest.mapFile("m.yaml", text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void mappings_on_the_command_line_are_parted_at_the_first_equals_sign() {
    assertThat(ImportRequest.map(List.of("event=row.a == \"b\" ? \"c\" : \"d\"")))
        .isEqualTo(Map.of("event", "row.a == \"b\" ? \"c\" : \"d\""));
    assertThatThrownBy(() -> ImportRequest.map(List.of("customer")))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> ImportRequest.map(List.of("a=b", "a=c")))
        .isInstanceOf(InputException.class);
    assertThat(ImportRequest.delimiter("tab")).isEqualTo('\t');
    assertThatThrownBy(() -> ImportRequest.delimiter("\"")).isInstanceOf(InputException.class);
  }

  @Test
  void an_expression_that_is_hostile_is_refused_with_a_message() {
    Imports imports = new Imports(folder);
    Path file = imports.write("a.csv", "customer,event,time\nann,E,2026-01-01\n");
    for (String hostile :
        List.of(
            "(".repeat(500) + "1" + ")".repeat(500),
            "\"" + "x".repeat(3_000) + "\"",
            "[1,2].map(x, x)",
            "row.event.matches(\"(\")")) {
      assertThatThrownBy(
              () -> {
                ImportReport report = imports.file(file, r -> r.withMap(Map.of("event", hostile)));
                assertThat(report.rejectedTotal()).isEqualTo(1);
                throw new InputException("rejected row by row");
              })
          .isInstanceOf(InputException.class);
    }
  }
}
