package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.ModelReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceCommandsTest {
  private static final String MODEL =
      """
      name: m
      window: 7d
      activities:
        - {name: seen, match: event == "Seen", points: 1, cap: {per_day: 1}}
      """;

  @TempDir private Path folder;

  private Path workspace(String zone) {
    Path workspace = folder.resolve("w");
    Cli.expect(0, "init", workspace, "--time-zone", zone);
    Cli.write(workspace.resolve("models/m.yaml"), MODEL);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      lines.append(
          "{\"userId\":\"u%d\",\"event\":\"Seen\",\"timestamp\":\"2026-03-%02dT23:30:00Z\",\"properties\":{\"note\":\"%d\"}}\n"
              .formatted(i % 7, 1 + i % 28, i));
    }
    Path events = Cli.write(folder.resolve("e.jsonl"), lines.toString());
    Cli.expect(0, "import", events, "--workspace", workspace);
    return workspace;
  }

  private String scores(Path workspace, String day) {
    Path file = folder.resolve("s.csv");
    Cli.expect(0, "score", "--workspace", workspace, "--as-of", day, "--output", file);
    return Cli.read(file);
  }

  @Test
  void init_writes_settings_with_the_zone_and_a_sample_that_is_a_model() {
    Path workspace = folder.resolve("new");
    Cli.expect(0, "init", workspace, "--time-zone", "Asia/Kolkata");
    assertThat(Cli.read(workspace.resolve("pulso.yaml"))).contains("\ntime_zone: Asia/Kolkata\n");
    String sample = Cli.read(workspace.resolve("models/starter.yaml.sample"));
    assertThat(ModelReader.read("starter.yaml", sample).warnings()).isEmpty();
    assertThat(workspace.resolve("segments")).isDirectory();
    assertThat(Cli.expect(2, "init", workspace).err()).contains("is a workspace already");
    assertThat(Cli.expect(2, "init", folder.resolve("x"), "--time-zone", "Mars").err())
        .contains("'Mars' is no time zone");
    assertThat(Cli.expect(2, "init", "/proc/pulso").err()).contains("/proc/pulso");
  }

  @Test
  void the_tests_of_the_starter_model_hold() {
    Path workspace = folder.resolve("new");
    Cli.expect(0, "init", workspace);
    Path model = workspace.resolve("models/starter.yaml");
    Cli.write(model, Cli.read(workspace.resolve("models/starter.yaml.sample")));
    Cli.expect(0, "model", "test", model);
  }

  @Test
  void a_rebuild_changes_no_score_and_keeps_every_record() {
    Path workspace = workspace("UTC");
    String before = scores(workspace, "2026-03-28");
    String events = Cli.expect(0, "export", "events", "--workspace", workspace).out();
    Cli ran = Cli.expect(0, "rebuild", "--workspace", workspace);
    assertThat(ran.err()).contains("made all days anew for UTC");
    assertThat(scores(workspace, "2026-03-28")).isEqualTo(before);
    assertThat(Cli.expect(0, "export", "events", "--workspace", workspace).out().lines().sorted())
        .isEqualTo(events.lines().sorted().toList());
    assertThat(workspace.resolve("data/pulso.duckdb.new")).doesNotExist();
    assertThat(
            Cli.expect(0, "import", folder.resolve("e.jsonl"), "--workspace", workspace, "--json")
                .out())
        .contains("\"stored\":0,\"duplicates\":5000");
  }

  @Test
  void a_changed_time_zone_is_refused_until_it_is_confirmed() {
    Path workspace = workspace("UTC");
    Path settings = workspace.resolve("pulso.yaml");
    Cli.write(settings, Cli.read(settings).replace("time_zone: UTC", "time_zone: Europe/Berlin"));
    for (String command : new String[] {"score", "rebuild"}) {
      Cli refused = Cli.expect(2, command, "--workspace", workspace);
      assertThat(refused.err()).contains("pulso rebuild --time-zone");
    }
    Cli.expect(0, "rebuild", "--time-zone", "--workspace", workspace);
    // What happened at 23:30 UTC of the 1st is of the 2nd in Berlin.
    assertThat(scores(workspace, "2026-03-01").lines()).hasSize(1);
    assertThat(scores(workspace, "2026-03-02").lines()).hasSize(2);
  }

  @Test
  void explain_sql_prints_what_runs() {
    Path workspace = workspace("UTC");
    Cli duck = Cli.expect(0, "explain-sql", "--workspace", workspace);
    assertThat(duck.out()).contains("FROM event e").contains("'Seen'").contains("epoch_us");
    Cli spark = Cli.expect(0, "explain-sql", "--workspace", workspace, "--dialect", "spark");
    assertThat(spark.out()).contains("'Seen'").doesNotContain("epoch_us");
  }

  @Test
  void explain_sql_of_traits_speaks_the_dialect_that_is_asked_for() {
    Path workspace = workspace("UTC");
    for (String subject : new String[] {"customer", "account"}) {
      Path model =
          Cli.write(
              folder.resolve("fit.yaml"),
              """
              name: fit
              method: fit
              subject: %s
              activities:
                - {name: big, match: account.size > 5, points: 10}
              """
                  .formatted(subject));
      Object[] args = {"explain-sql", "--workspace", workspace, "--model", model};
      assertThat(Cli.expect(0, args).out()).contains("make_timestamptz", "json_type");
      Object[] spark = Arrays.copyOf(args, args.length + 2);
      spark[args.length] = "--dialect";
      spark[args.length + 1] = "spark";
      assertThat(Cli.expect(0, spark).out())
          .contains("timestamp_micros", "try_variant_get")
          .doesNotContain("make_timestamptz", "json_type", "VARCHAR");
    }
  }

  @Test
  void spark_sql_of_accounts_that_count_events_is_refused() {
    Path workspace = workspace("UTC");
    Path model =
        Cli.write(
            folder.resolve("teams.yaml"),
            """
            name: teams
            subject: account
            activities:
              - {name: seen, match: event == "Seen", points: 10}
            """);
    Cli ran =
        Cli.expect(
            2, "explain-sql", "--workspace", workspace, "--model", model, "--dialect", "spark");
    assertThat(ran.err()).contains("for duckdb only").contains("leave --dialect out");
  }

  @Test
  void a_file_that_is_no_store_is_refused() throws Exception {
    Path workspace = folder.resolve("w");
    Cli.expect(0, "init", workspace);
    Files.createDirectories(workspace.resolve("data"));
    Cli.write(workspace.resolve("data/pulso.duckdb"), "this is no store".repeat(1000));
    assertThat(Cli.expect(2, "score", "--workspace", workspace).err()).contains("is no store");
  }

  @Test
  void the_demo_shows_a_company_that_can_be_asked_more() {
    Path workspace = folder.resolve("demo");
    Cli ran = Cli.expect(0, "demo", "--no-serve", "--customers", "200", "--keep", workspace);
    assertThat(ran.out())
        .contains("generated")
        .contains("200 customers")
        .contains("Bands")
        .contains("Who moved most")
        .contains("score on ")
        .contains("./pulso verify");
    Cli.expect(0, "score", "--workspace", workspace, "--model", "account-engagement");
    assertThat(Cli.expect(2, "demo", "--keep", workspace).err()).contains("already");
  }
}
