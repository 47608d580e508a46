package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GridCommandTest {
  private static final String GRID = "grid: {fit: fit, engagement: use, cuts: [40, 70]}\n";
  private static final String FIT =
      """
      name: fit
      method: fit
      activities:
        - {name: pro, match: traits.plan == "pro", points: 71}
        - {name: free, match: traits.plan == "free", points: 40}
      """;
  private static final String USE =
      """
      name: use
      applies_to: '!(traits.plan == "internal")'
      window: 10d
      activities:
        - {name: opened, match: event == "Opened", points: 40.001}
      """;

  @TempDir private Path folder = Path.of("");
  private Shop shop = new Shop(folder);

  /// Ann fits and is busy, "b, c" fits a little and is half busy, dan is only there, eve is one of
  /// us, and a visitor has no name.
  @BeforeEach
  void open() {
    shop = new Shop(folder);
    Cli.expect(0, "init", shop.workspace);
    Cli.write(shop.workspace.resolve("pulso.yaml"), GRID);
    Cli.write(shop.workspace.resolve("models/fit.yaml"), FIT);
    Cli.write(shop.workspace.resolve("models/use.yaml"), USE);
    identify("ann", "pro");
    identify("b, c", "free");
    identify("eve", "internal");
    shop.track("ann", "Opened", "2026-03-19T10:00:00Z", "");
    shop.track("ann", "Opened", "2026-03-20T10:00:00Z", "");
    shop.track("b, c", "Opened", "2026-03-20T10:00:00Z", "");
    shop.track("dan", "Closed", "2026-03-20T10:00:00Z", "");
    shop.load();
    Path visitor =
        Cli.write(
            folder.resolve("visitor.jsonl"),
            "{\"messageId\":\"v\",\"anonymousId\":\"browser\",\"type\":\"track\",\"event\":\"Opened\",\"timestamp\":\"2026-03-20T10:00:00Z\"}\n");
    shop.run(0, "import", visitor);
  }

  private void identify(String id, String plan) {
    Path file =
        Cli.write(
            folder.resolve(plan + ".jsonl"),
            "{\"userId\":\"%s\",\"type\":\"identify\",\"traits\":{\"plan\":\"%s\"},\"timestamp\":\"2026-03-01T00:00:00Z\"}\n"
                .formatted(id, plan));
    shop.run(0, "import", file);
  }

  @Test
  void csv_has_a_row_for_each_subject_that_both_models_score() {
    Path csv = folder.resolve("grid.csv");
    Cli ran = shop.run(0, "score", "--grid", "--as-of", "2026-03-20", "--output", csv);
    assertThat(Cli.read(csv))
        .isEqualTo(
            """
            subject,as_of,fit_score,engagement_score,cell
            ann,2026-03-20,71.000,80.002,A1
            "b, c",2026-03-20,40.000,40.001,C2
            dan,2026-03-20,0.000,0.000,C3
            """);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("3 subjects").contains("grid.csv");
  }

  @Test
  void json_counts_the_cells() {
    assertThat(shop.run(0, "score", "--grid", "--as-of", "2026-03-20", "--json").out())
        .isEqualTo(
            """
            {"fit":"fit","fit_version":"draft","engagement":"use","engagement_version":"draft","as_of":"2026-03-20","cuts":[40,70],"subjects":3,"unavailable":0,"objected":0,\
            "cells":{"A1":1,"A2":0,"A3":0,"B1":0,"B2":0,"B3":0,"C1":0,"C2":1,"C3":1}}
            """);
    assertThat(
            shop.run(0, "score", "--grid", "--as-of", "2026-03-20", "--population", "all", "--json")
                .out())
        .contains("\"subjects\":4")
        .contains("\"C2\":2");
  }

  @Test
  void the_table_has_letters_down_and_digits_across() {
    assertThat(shop.run(0, "score", "--grid", "--as-of", "2026-03-20").out())
        .isEqualTo(
            """
            fit fit (draft) × engagement use (draft), 2026-03-20

            3 customers

                 fit       1: above 70  2: above 40  3: to 40
              A  above 70            1            0         0
              B  above 40            0            0         0
              C  to 40               0            1         1
            """);
  }

  @Test
  void a_score_that_is_unavailable_has_no_cell() {
    Cli.write(
        shop.workspace.resolve("models/use.yaml"),
        """
        name: use
        window: 10d
        activities:
          - {name: opened, match: event == "Opened", unit: properties.n, points: 10000}
        """);
    shop.track("ann", "Opened", "2026-03-20T11:00:00Z", ",\"properties\":{\"n\":1e9}");
    shop.load();
    Path csv = folder.resolve("grid.csv");
    Cli ran = shop.run(0, "score", "--grid", "--as-of", "2026-03-20", "--output", csv, "--json");
    assertThat(Cli.read(csv).lines().skip(1)).startsWith("ann,2026-03-20,71.000,,");
    assertThat(ran.out()).contains("\"subjects\":4,\"unavailable\":1,");
    assertThat(shop.run(0, "score", "--grid", "--as-of", "2026-03-20").out())
        .contains("1 without a cell");
  }

  @Test
  void without_a_grid_the_remedy_is_told() {
    Cli.write(shop.workspace.resolve("pulso.yaml"), "");
    wrong("has no grid: add one to pulso.yaml, such as `grid: {fit: MODEL");
  }

  @Test
  void what_cannot_be_crossed_has_status_2() {
    wrong("leave --model", "--model", "use");
    wrong("leave --model", "--model-version", "1");
    wrong("let the name end in it", "--output", folder.resolve("grid.xlsx"));
    Cli.write(shop.workspace.resolve("pulso.yaml"), GRID.replace("fit: fit", "fit: fitt"));
    wrong("no model 'fitt'; did you mean 'fit'?");
    Cli.write(shop.workspace.resolve("pulso.yaml"), GRID);
    Cli.write(
        shop.workspace.resolve("models/fit.yaml"),
        FIT.replace("method: fit", "method: fit\nsubject: account").replace("traits", "account"));
    wrong("score different subjects");
  }

  private void wrong(String remedy, Object... options) {
    Object[] args = new Object[options.length + 4];
    System.arraycopy(new Object[] {"score", "--grid", "--as-of", "2026-03-20"}, 0, args, 0, 4);
    System.arraycopy(options, 0, args, 4, options.length);
    Cli ran = shop.run(2, args);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("pulso: ").contains(remedy).doesNotContain("\tat ");
  }

  @Test
  void who_objected_is_counted_and_has_no_cell() {
    shop.run(0, "object", "ann");
    assertThat(shop.run(0, "score", "--grid", "--as-of", "2026-03-20").out())
        .contains("2 customers", "1 objected to being scored and is left out");
    assertThat(shop.run(0, "score", "--grid", "--as-of", "2026-03-20", "--json").out())
        .contains("\"subjects\":2", "\"objected\":1");
  }
}
