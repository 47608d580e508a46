package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonText;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCommandTest {
  private static final String MODEL =
      """
      name: worked
      window: 30d
      activities:
        - {name: invited_teammate, match: event == "Invite Sent", points: 10, cap: {per_day: 3}}
        - {name: page_viewed, match: type == "page", points: 0.5}
        - {name: unsubscribed, match: event == "Unsubscribed", points: -25}
      """;

  @TempDir private Path folder;
  private Path workspace = Path.of("");

  @BeforeEach
  void import_the_worked_examples() {
    workspace = folder.resolve("w");
    Cli.expect(0, "init", workspace);
    Cli.write(workspace.resolve("models/worked.yaml"), MODEL);
    StringBuilder lines = new StringBuilder();
    add(lines, 5, "ann", "\"type\":\"track\",\"event\":\"Invite Sent\"", "2026-03-10");
    add(lines, 7, "ann", "\"type\":\"page\",\"name\":\"Home\"", "2026-03-11");
    for (String day : new String[] {"2026-03-01", "2026-03-02", "2026-03-31"}) {
      add(lines, 2, "bob", "\"type\":\"track\",\"event\":\"Invite Sent\"", day);
    }
    add(lines, 1, "bob", "\"type\":\"track\",\"event\":\"Unsubscribed\"", "2026-03-05");
    add(
        lines,
        1,
        "eve, \\\"the\\\" é",
        "\"type\":\"track\",\"event\":\"Unsubscribed\"",
        "2026-03-02");
    add(lines, 1, "dan", "\"type\":\"identify\"", "2026-03-20");
    for (String day : new String[] {"2026-03-20", "2026-03-21", "2026-03-22", "2026-03-23"}) {
      add(lines, 3, "fay", "\"type\":\"track\",\"event\":\"Invite Sent\"", day);
    }
    Path events = Cli.write(folder.resolve("events.jsonl"), lines.toString());
    Cli.expect(0, "import", events, "--workspace", workspace);
  }

  private static void add(StringBuilder lines, int times, String id, String what, String day) {
    for (int i = 0; i < times; i++) {
      lines.append(
          "{\"userId\":\"%s\",%s,\"timestamp\":\"%sT10:00:0%dZ\"}\n".formatted(id, what, day, i));
    }
  }

  private Cli score(int status, Object... more) {
    Object[] args = new Object[more.length + 3];
    args[0] = "score";
    args[1] = "--workspace";
    args[2] = workspace;
    System.arraycopy(more, 0, args, 3, more.length);
    return Cli.expect(status, args);
  }

  @Test
  void csv_has_exactly_these_bytes() {
    Path csv = folder.resolve("scores.csv");
    Cli ran = score(0, "--as-of", "2026-03-31", "--output", csv);
    assertThat(Cli.read(csv))
        .isEqualTo(
            """
            subject,as_of,model,version,score,band,inactive
            ann,2026-03-31,worked,draft,33.500,very_disengaged,false
            bob,2026-03-31,worked,draft,15.000,very_disengaged,false
            dan,2026-03-31,worked,draft,0.000,very_disengaged,true
            "eve, ""the"" é",2026-03-31,worked,draft,-25.000,churn_risk,false
            fay,2026-03-31,worked,draft,120.000,power_user,false
            """);
    assertThat(ran.out()).isEmpty();
    assertThat(folder).isDirectoryContaining(path -> path.endsWith("scores.csv"));
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains(".part"));
  }

  @Test
  void a_day_before_the_subject_exists_gives_it_no_row() {
    Path csv = folder.resolve("scores.csv");
    score(0, "--as-of", "2026-03-04", "--output", csv);
    assertThat(Cli.read(csv).lines().skip(1))
        .containsExactly(
            "bob,2026-03-04,worked,draft,40.000,very_disengaged,false",
            "\"eve, \"\"the\"\" é\",2026-03-04,worked,draft,-25.000,churn_risk,false");
  }

  @Test
  void json_and_parquet_hold_the_same_rows() throws Exception {
    Path json = folder.resolve("scores.json");
    score(0, "--as-of", "2026-03-31", "--output", json);
    assertThat(JsonText.read(Cli.read(json)))
        .isInstanceOfSatisfying(Json.Arr.class, all -> assertThat(all.items()).hasSize(5));
    assertThat(Cli.read(json)).contains("\"subject\":\"bob\"").contains("\"score\":15,");
    Path parquet = folder.resolve("scores.parquet");
    score(0, "--as-of", "2026-03-31", "--output", parquet);
    assertThat(Files.readAllBytes(parquet)).startsWith('P', 'A', 'R', '1');
    Cli ran =
        Cli.expect(0, "import", parquet, "--workspace", workspace, "--dry-run", "--as", "traits");
    assertThat(ran.out()).contains("customer ann").contains("\"score\":33.5").contains("read");
  }

  @Test
  void without_a_day_it_is_the_last_one_with_events_where_the_window_is_over() {
    Cli ran = score(0, "--json");
    assertThat(ran.out()).contains("\"as_of\":\"2026-03-31\"");
    assertThat(ran.err()).contains("2026-03-31");
  }

  @Test
  void the_summary_fits_80_columns_without_colours() {
    Cli ran = score(0, "--as-of", "2026-04-01");
    assertThat(ran.out())
        .contains("5 customers")
        .contains("Bands")
        .contains("Distribution")
        .contains("█")
        .contains("Who moved most since 2026-03-25")
        .doesNotContain("\u001b");
    assertThat(ran.out().lines()).allMatch(line -> Shown.width(line) <= 80);
  }

  @Test
  void movers_name_the_activity_that_moved_them() {
    Cli ran = score(0, "--as-of", "2026-04-01", "--json");
    assertThat(ran.out())
        .contains(
            "\"movers_since\":\"2026-03-25\"",
            "\"before\":-25,\"after\":0,\"change\":25,\"reason\":{\"activity\":\"unsubscribed\",\"points\":25,\"new\":false}",
            "\"down\":[{\"subject\":\"bob\",\"before\":15,\"after\":-5,\"change\":-20,\"reason\":{\"activity\":\"invited_teammate\",\"points\":-20,\"new\":false}}]");
  }

  @Test
  void known_at_sees_only_what_was_received() {
    Cli ran = score(0, "--as-of", "2026-03-31", "--known-at", "2026-03-09T00:00:00Z", "--json");
    assertThat(ran.out()).contains("\"subjects\":2");
  }

  @Test
  void several_models_without_a_default_need_a_name() {
    Cli.write(workspace.resolve("models/other.yaml"), MODEL.replace("name: worked", "name: other"));
    Cli ran = score(2, "--as-of", "2026-03-31");
    assertThat(ran.err()).contains("several models (other, worked)").contains("--model");
    assertThat(score(0, "--as-of", "2026-03-31", "--model", "other", "--json").out())
        .contains("\"model\":\"other\"");
  }

  @Test
  void what_the_user_can_mend_has_status_2_and_no_stack_trace() {
    for (Object[] args :
        new Object[][] {
          {"--as-of", "31.3.2026"},
          {"--as-of", "2026-02-30"},
          {"--known-at", "yesterday"},
          {"--model", "wurked"},
          {"--model-version", "7"},
          {"--model-version", "x"},
          {"--output", folder.resolve("scores.xlsx")},
          {"--output", folder.resolve("no/such/folder/x.csv")},
          {"--output", "/proc/x.csv"},
          {"--nonsense"}
        }) {
      Cli ran = score(2, args);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err()).isNotBlank().doesNotContain("\tat ").doesNotContain("internal");
    }
  }

  @Test
  void a_folder_that_is_no_workspace_is_named() {
    Cli ran = Cli.expect(2, "score", "--workspace", folder);
    assertThat(ran.err()).contains("is no workspace").contains("pulso init");
  }

  @Test
  void a_broken_model_names_file_and_line() {
    Cli.write(workspace.resolve("models/worked.yaml"), MODEL.replace("points: 10", "pionts: 10"));
    Cli ran = score(2, "--as-of", "2026-03-31");
    assertThat(ran.err()).contains("worked.yaml:4").contains("pionts").contains("points");
  }
}
