package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.ingest.SharedData;
import io.pulso.server.reference.Published;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real data sets through import, score and verify, with the counts that are published for them.
class RealScoresTest {
  private static final Path EXAMPLES = Path.of("").toAbsolutePath().resolveSibling("examples");

  @TempDir private Path folder;
  private Path workspace = Path.of("");

  @Test
  @Tag("reference")
  void online_retail_keeps_every_line_of_a_customer() throws IOException {
    Path lines = SharedData.path("online_retail_uci/lines");
    make("online-retail", "Europe/London");
    assertThat(load(1, lines, "--map", mapping("online-retail")))
        .isEqualTo(
            "{\"read\":541909,\"stored\":406829,\"duplicates\":0,\"rejected\":{\"no_id\":135080}}");
    assertThat(load(1, lines, "--map", mapping("online-retail")))
        .isEqualTo(
            "{\"read\":541909,\"stored\":0,\"duplicates\":406829,\"rejected\":{\"no_id\":135080}}");
    assertThat(scores("2011-12-09")).hasSize(4372);
    verified();
    published("gross revenue, GBP", "8911407.90").is(metric("purchases.gross"));
    published("net revenue, GBP", "8300065.81").is(metric("purchases.net"));
    published("orders", "18532").is(metric("purchases.orders"));
    published("customers who bought", "4338").is(metric("purchases.customers"));
    published("customers who bought again, %", "65.5832").is(metric("purchases.repeat_rate"));
    published("average order value, GBP", "480.866").is(metric("purchases.average_order_value"));
    String cohorts = retention();
    assertThat(there(cohorts, "2010-12-01"))
        .containsExactly(885, 324, 286, 340, 321, 352, 321, 309, 313, 350, 331, 445, 235);
    assertThat(there(cohorts, "2011-01-01"))
        .containsExactly(417, 92, 111, 96, 134, 120, 103, 101, 125, 136, 152, 49);
    // The data end on 2011-12-09, and begin with that cohort.
    assertThat(cohort(cohorts, "2010-12-01")).contains("\"existing\":true").endsWith("false}]}");
    assertThat(cohort(cohorts, "2011-01-01")).contains("\"existing\":false");
  }

  private static Published published(String figure, String value) {
    return new Published(
        "online_retail_uci", figure, value, "orders.csv and cancellations.csv of the data set");
  }

  @Test
  void cdnow_keeps_every_purchase() throws IOException {
    Path master = SharedData.path("cdnow/CDNOW_master.txt");
    make("cdnow", "UTC");
    assertThat(load(0, master, "--map", mapping("cdnow")))
        .isEqualTo("{\"read\":69659,\"stored\":69659,\"duplicates\":0,\"rejected\":{}}");
    assertThat(scores("1998-06-30")).hasSize(23570);
    verified();
  }

  @Test
  void clicks_registrations_withdrawals_and_marks_of_students_are_one_history() throws IOException {
    Path clicks = SharedData.path("oulad/parquet/AAA_2013J.parquet");
    make("oulad", "Europe/London");
    assertThat(load(0, clicks, "--map", mapping("oulad"))).contains("\"stored\":180982");
    students();
    assertThat(scores("2014-03-31")).isNotEmpty();
    verified();
  }

  @Test
  @Tag("long")
  void the_clicks_of_all_courses_are_stored() throws IOException {
    Path clicks = SharedData.path("oulad/parquet");
    make("oulad", "Europe/London");
    load(0, clicks, "--map", mapping("oulad"));
    students();
    assertThat(scores("2014-03-31")).isNotEmpty();
    verified();
  }

  private void students() {
    String start =
        "date(row.code_presentation.substring(0, 4) + (row.code_presentation.endsWith(\"B\") ? \"-02-01\" : \"-10-01\"))";
    load(
        1,
        SharedData.path("oulad/studentRegistration.csv"),
        "--as",
        "traits",
        "--map",
        "customer=id_student",
        "--map",
        "time=" + start + " + duration(int(row.date_registration))",
        "--map",
        "traits.course=code_module");
    String left =
        load(
            1,
            SharedData.path("oulad/studentRegistration.csv"),
            "--source",
            "withdrawals",
            "--map",
            "customer=id_student",
            "--map",
            "event=\"Subscription Cancelled\"",
            "--map",
            "time=" + start + " + duration(int(row.date_unregistration))");
    assertThat(left).contains("mapping_failed");
    load(
        0,
        SharedData.path("oulad/studentAssessment.csv"),
        "--source",
        "assessments",
        "--map",
        "customer=id_student",
        "--map",
        "event=\"Assessment Submitted\"",
        "--map",
        "time=date(\"2013-10-01\") + duration(int(row.date_submitted))",
        "--map",
        "value=score");
  }

  @Test
  void the_documented_payloads_are_stored_or_rejected_by_their_labels() throws IOException {
    Path documents = SharedData.path("event_payloads/segment_docs.jsonl");
    make("saas", "UTC");
    assertThat(load(1, documents)).contains("\"read\":554", "\"stored\":263", "\"duplicates\":6");
    verified();
  }

  private void make(String example, String zone) throws IOException {
    workspace = folder.resolve(example);
    Cli.expect(0, "init", workspace, "--time-zone", zone);
    Files.copy(
        EXAMPLES.resolve(example).resolve("model.yaml"),
        workspace.resolve("models").resolve("model.yaml"));
  }

  private static Path mapping(String example) {
    return EXAMPLES.resolve(example).resolve("mapping.yaml");
  }

  private String load(int status, Object... words) {
    List<Object> all = new ArrayList<>(List.of("import", "--json", "--workspace", workspace));
    all.addAll(List.of(words));
    return Cli.expect(status, all.toArray()).out().strip();
  }

  private String retention() {
    String bought = "event == \"Order Completed\" && value > 0";
    return Cli.expect(
            0,
            "retention",
            "--every",
            "month",
            "--from",
            "2010-12-01",
            "--to",
            "2011-12-09",
            "--begin",
            bought,
            "--back",
            bought,
            "--json",
            "--workspace",
            workspace)
        .out();
  }

  private static String cohort(String told, String from) {
    return told.replaceAll("(?s).*?(\\{\"from\":\"" + from + "\".*?\\}\\]\\}).*", "$1");
  }

  private static List<Integer> there(String told, String from) {
    return Pattern.compile("\"n\":([0-9]+)")
        .matcher(cohort(told, from))
        .results()
        .map(found -> Integer.valueOf(found.group(1)))
        .toList();
  }

  /// What a metric of the whole of Online Retail comes to.
  private double metric(String id) {
    String told =
        Cli.expect(
                0,
                "metric",
                id,
                "--from",
                "2010-12-01",
                "--to",
                "2011-12-09",
                "--json",
                "--workspace",
                workspace)
            .out();
    return Double.parseDouble(told.replaceAll("(?s).*?\"value\":([0-9.]+).*", "$1"));
  }

  private List<String> scores(String asOf) throws IOException {
    Path file = folder.resolve("scores.csv");
    Cli.expect(0, "score", "--workspace", workspace, "--as-of", asOf, "--output", file);
    List<String> lines = Files.readAllLines(file);
    return lines.subList(1, lines.size());
  }

  private void verified() {
    assertThat(Cli.expect(0, "verify", "--workspace", workspace).out())
        .contains("every digit agrees");
  }
}
