package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `pulso metric` answers, over events that can be counted by hand.
class MetricCommandTest {
  @TempDir private Path folder;
  private Path workspace = Path.of("");

  @BeforeEach
  void makes_a_workspace() throws IOException {
    workspace = folder.resolve("w");
    Cli.expect(0, "init", workspace, "--time-zone", "Europe/Berlin");
    Path file = folder.resolve("events.jsonl");
    StringBuilder lines = new StringBuilder();
    // Midnight in Berlin is 23:00 UTC of the day before.
    line(lines, 1, "ann", "Ad Viewed", "2026-03-01T22:59:59Z", "web", "{}");
    line(lines, 2, "ann", "Ad Viewed", "2026-03-01T23:00:00Z", "web", "{}");
    line(lines, 3, "bob", "Ad Viewed", "2026-03-03T10:00:00Z", "app", "{}");
    line(lines, 4, "bob", "Ad Clicked", "2026-03-03T10:00:01Z", "app", "{}");
    line(lines, 5, "bob", "Ad Viewed", "2026-03-05T10:00:00Z", "app", "{}");
    line(
        lines,
        6,
        "cid",
        "Order Completed",
        "2026-03-03T10:00:00Z",
        "web",
        "{\"order_id\":\"o1\",\"value\":10.1}");
    line(
        lines,
        7,
        "cid",
        "Order Completed",
        "2026-03-03T10:00:01Z",
        "web",
        "{\"order_id\":\"o1\",\"value\":20.2}");
    line(
        lines,
        8,
        "ann",
        "Order Completed",
        "2026-03-04T10:00:01Z",
        "web",
        "{\"order_id\":\"o2\",\"value\":0.1}");
    line(
        lines,
        9,
        "ann",
        "Order Refunded",
        "2026-03-04T11:00:01Z",
        "web",
        "{\"order_id\":\"o2\",\"value\":0.3}");
    Files.writeString(file, lines);
    Cli.expect(0, "import", file, "--workspace", workspace);
  }

  private static void line(
      StringBuilder lines,
      int id,
      String who,
      String event,
      String at,
      String channel,
      String properties) {
    lines.append(
        "{\"type\":\"track\",\"messageId\":\"m%d\",\"userId\":\"%s\",\"event\":\"%s\",\"timestamp\":\"%s\",\"channel\":\"%s\",\"properties\":%s}\n"
            .formatted(id, who, event, at, channel, properties));
  }

  private String json(String... words) {
    return Cli.expect(0, all(words, "--json")).out().strip();
  }

  private Object[] all(String[] words, String... more) {
    java.util.List<Object> line = new java.util.ArrayList<>(java.util.List.of("metric"));
    line.addAll(java.util.List.of(words));
    line.addAll(java.util.List.of(more));
    line.addAll(java.util.List.of("--workspace", workspace));
    return line.toArray();
  }

  @Test
  void a_ratio_has_its_value_and_what_it_rests_on() {
    assertThat(json("ctr", "--from", "2026-03-02", "--to", "2026-03-05"))
        .isEqualTo(
            "{\"id\":\"ctr\",\"from\":\"2026-03-02\",\"to\":\"2026-03-05\",\"value\":33.33333333333333,\"n\":3,\"interval\":[0,50],\"complete\":true,\"unit\":\"percent\",\"before\":{\"from\":\"2026-02-26\",\"to\":\"2026-03-01\",\"value\":0,\"n\":1,\"interval\":null,\"complete\":true},\"series\":[],\"by\":[]}");
  }

  @Test
  void days_are_those_of_the_workspace_and_empty_ones_have_no_value() {
    assertThat(json("ctr", "--from", "2026-03-01", "--to", "2026-03-05", "--every", "day"))
        .contains(
            "{\"from\":\"2026-03-01\",\"to\":\"2026-03-01\",\"value\":0,\"n\":1,",
            "{\"from\":\"2026-03-02\",\"to\":\"2026-03-02\",\"value\":0,\"n\":1,",
            "{\"from\":\"2026-03-03\",\"to\":\"2026-03-03\",\"value\":100,\"n\":1,",
            "{\"from\":\"2026-03-04\",\"to\":\"2026-03-04\",\"value\":null,\"n\":0,");
  }

  @Test
  void parts_come_by_what_they_rest_on() {
    assertThat(
            json(
                "purchases.gross",
                "--from",
                "2026-03-01",
                "--to",
                "2026-03-05",
                "--by",
                "properties.order_id"))
        .endsWith(
            "\"by\":[{\"part\":\"o1\",\"value\":30.3,\"n\":2,\"interval\":null},{\"part\":\"o2\",\"value\":0.1,\"n\":1,\"interval\":null}]}");
  }

  @Test
  void money_is_exact() {
    assertThat(json("purchases.net", "--from", "2026-03-01", "--to", "2026-03-05"))
        .contains("\"value\":30.1,");
    assertThat(json("purchases.orders", "--from", "2026-03-01", "--to", "2026-03-05"))
        .contains("\"value\":2,\"n\":2");
    assertThat(json("purchases.customers", "--from", "2026-03-01", "--to", "2026-03-05"))
        .contains("\"value\":2,\"n\":2");
  }

  @Test
  void active_customers_need_no_model() {
    assertThat(json("dau", "--from", "2026-03-03", "--to", "2026-03-03")).contains("\"value\":2,");
    assertThat(json("mau", "--from", "2026-03-03", "--to", "2026-03-05")).contains("\"value\":3,");
  }

  @Test
  void a_workspace_has_metrics_of_its_own() throws IOException {
    Path file = Files.createDirectories(workspace.resolve("metrics")).resolve("own.yaml");
    Files.writeString(
        file,
        "metrics:\n  - {id: big_orders, title: Big orders, kind: count, is: {events: 'event == \"Order Completed\" && value > 15'}}\n");
    assertThat(json("big_orders", "--from", "2026-03-01", "--to", "2026-03-05"))
        .contains("\"value\":1,");
    assertThat(Cli.expect(0, "metric", "--list", "--workspace", workspace).out())
        .contains("big_orders", "Big orders", "purchases.net");
    Files.writeString(file, "metrics:\n  - {id: ctr, kind: count, is: {events: 'true'}}\n");
    assertThat(Cli.expect(2, all(new String[] {"ctr"})).err())
        .contains("own.yaml: there is a metric 'ctr' already");
  }

  @Test
  void what_is_wrong_is_told() {
    assertThat(Cli.expect(2, all(new String[] {"purchases.nett"})).err())
        .contains("there is no metric 'purchases.nett'; did you mean 'purchases.net'?");
    assertThat(Cli.expect(2, all(new String[] {"ctr", "--every", "year"})).err())
        .contains("--every takes day, week or month, not 'year'");
    assertThat(Cli.expect(2, all(new String[] {"ctr", "--by", "plan"})).err())
        .contains("--by cannot be 'plan': use channel");
    assertThat(Cli.expect(2, all(new String[] {"dau", "--by", "channel"})).err())
        .contains("cannot be broken down");
    assertThat(Cli.expect(2, all(new String[0])).err()).contains("say which metric");
  }

  @Test
  void the_list_needs_no_workspace() {
    assertThat(Cli.expect(0, "metric", "--list").out()).contains("nps", "Net promoter score");
  }
}
