package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void the_csv_has_every_day_since_each_subject_exists_by_subject_then_day() {
    Shop shop = Shop.open(folder);
    shop.track("a, \\\"b\\\"", "Invite Sent", "2026-03-17T10:00:00Z", "");
    shop.load();
    Path csv = folder.resolve("history.csv");
    shop.run(0, "history", "--from", "2026-03-11", "--to", "2026-03-18", "--output", csv);
    assertThat(Cli.read(csv))
        .isEqualTo(
            """
            subject,day,score,band
            "a, ""b""\",2026-03-17,11.000,very_disengaged
            "a, ""b""\",2026-03-18,11.000,very_disengaged
            ann,2026-03-11,21.000,very_disengaged
            ann,2026-03-12,21.000,very_disengaged
            ann,2026-03-13,21.000,very_disengaged
            ann,2026-03-14,21.000,very_disengaged
            ann,2026-03-15,21.500,very_disengaged
            ann,2026-03-16,21.500,very_disengaged
            ann,2026-03-17,21.500,very_disengaged
            ann,2026-03-18,26.500,very_disengaged
            bob,2026-03-12,-24.000,churn_risk
            bob,2026-03-13,-24.000,churn_risk
            bob,2026-03-14,-24.000,churn_risk
            bob,2026-03-15,-24.000,churn_risk
            bob,2026-03-16,-24.000,churn_risk
            bob,2026-03-17,-24.000,churn_risk
            bob,2026-03-18,-24.000,churn_risk
            cleo,2026-03-16,11.000,very_disengaged
            cleo,2026-03-17,11.000,very_disengaged
            cleo,2026-03-18,11.000,very_disengaged
            """);
  }

  @Test
  void one_subject_in_json_and_as_a_table() {
    Shop shop = Shop.open(folder);
    assertThat(
            shop.run(0, "history", "bob", "--from", "2026-03-01", "--to", "2026-03-13", "--json")
                .out())
        .isEqualTo(
            """
            [
            {"subject":"bob","day":"2026-03-12","score":-24,"band":"churn_risk"},
            {"subject":"bob","day":"2026-03-13","score":-24,"band":"churn_risk"}
            ]
            """);
    assertThat(shop.run(0, "history", "ann", "--from", "2026-03-17", "--to", "2026-03-18").out())
        .contains("2026-03-17   21.5          Very disengaged\n")
        .contains("2026-03-18   26.5      +5  Very disengaged\n")
        .doesNotContain("█");
    assertThat(shop.run(0, "history", "--from", "2026-03-17", "--to", "2026-03-18").out())
        .contains("subjects")
        .contains("2026-03-18         3  4.5             1                2");
  }

  @Test
  void parquet_is_written_and_unknown_kinds_of_files_are_refused() throws Exception {
    Shop shop = Shop.open(folder);
    Path parquet = folder.resolve("h.parquet");
    shop.run(0, "history", "--from", "2026-03-17", "--to", "2026-03-18", "--output", parquet);
    assertThat(Files.readAllBytes(parquet)).startsWith('P', 'A', 'R', '1');
    Cli ran =
        shop.run(
            2,
            "history",
            "--from",
            "2026-03-17",
            "--to",
            "2026-03-18",
            "--output",
            folder.resolve("h.xlsx"));
    assertThat(ran.err()).contains(".csv, .json or .parquet");
    assertThat(shop.run(2, "history", "--from", "2026-03-19", "--to", "2026-03-18").err())
        .contains("exchange them");
    assertThat(shop.run(2, "history", "nobody", "--to", "2026-03-18").err())
        .contains("there is no customer 'nobody'");
    assertThat(shop.run(2, "history", "--from", "1000-01-01", "--to", "2026-03-18").err())
        .contains("at most 100 years");
  }
}
