package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.metric.Survival;
import io.pulso.server.ingest.SharedData;
import io.pulso.server.reference.Published;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Journeys on the command line: small worlds counted by hand, and real ones with known results.
class JourneyCommandTest {
  @TempDir private Path folder;
  private Path workspace = Path.of("");

  private static String track(String user, String event, String time, String properties) {
    return """
    {"type":"track","userId":"%s","event":"%s","timestamp":"%s","messageId":"%s","properties":{%s}}
    """
        .formatted(user, event, time, user + event + time + properties.hashCode(), properties);
  }

  private static String track(String user, String event, String day) {
    return track(user, event, day + "T12:00:00Z", "");
  }

  private void make(List<String> lines) throws IOException {
    workspace = folder.resolve("w");
    Cli.expect(0, "init", workspace, "--time-zone", "UTC");
    Path file = folder.resolve("events.jsonl");
    Files.writeString(file, String.join("", lines));
    Cli.expect(0, "import", "--workspace", workspace, file);
  }

  private String told(String... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--workspace", workspace));
    return Cli.expect(0, all.toArray()).out();
  }

  private String metric(String id, String from, String to) {
    return told("metric", id, "--from", from, "--to", to, "--json");
  }

  private static String plan(String user, String plan) {
    return """
    {"type":"identify","userId":"%1$s","timestamp":"2026-01-10T12:00:00Z","messageId":"i%1$s","traits":{"plan":"%2$s"}}
    """
        .formatted(user, plan);
  }

  private void segment(String name, String when) throws IOException {
    Files.createDirectories(workspace.resolve("segments"));
    Files.writeString(
        workspace.resolve("segments").resolve(name + ".yaml"),
        "name: %s\nof: customers\nwhen: '%s'\n".formatted(name, when));
  }

  private String bySegment(String id, String from, String to) {
    return told("metric", id, "--by", "segment", "--from", from, "--to", to, "--json");
  }

  private Object[] all(String... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--workspace", workspace));
    return all.toArray();
  }

  @Test
  void a_funnel_tells_who_went_on_and_how_long_it_took() throws IOException {
    make(
        List.of(
            track("ann", "Login", "2026-03-01"),
            track("ann", "Order Completed", "2026-03-03"),
            track("bob", "Login", "2026-03-01"),
            track("bob", "Order Completed", "2026-03-20"),
            track("cid", "Login", "2026-03-02"),
            track("cid", "Login", "2026-03-09"),
            track("cid", "Order Completed", "2026-03-13"),
            track("dan", "Login", "2026-03-29"),
            track("eve", "Login", "2026-03-31")));
    String[] words = {
      "funnel",
      "--step",
      "event == \"Login\"",
      "--step",
      "event == \"Order Completed\"",
      "--window",
      "7d",
      "--from",
      "2026-03-01",
      "--to",
      "2026-03-31"
    };
    List<String> asked = new ArrayList<>(List.of(words));
    asked.add("--json");
    assertThat(told(asked.toArray(String[]::new)))
        .contains("\"entered\":3,\"converted\":2,\"open\":2")
        .contains("\"median_seconds\":345600,", "\"median_seconds_of_finished\":259200,");
    assertThat(told(words)).contains("66.7 %", "2 more began whose time is not over yet");
    assertThat(told("funnel", "--list")).contains("trial", "checkout", "30d");
    Cli.expect(2, "funnel", "nothing", "--workspace", workspace);
    Cli.expect(2, "funnel", "--workspace", workspace);
    Cli.expect(2, "funnel", "--step", "event == \"A\"", "--workspace", workspace);

    Files.createDirectories(workspace.resolve("funnels"));
    Files.writeString(
        workspace.resolve("funnels").resolve("own.yaml"),
        "funnels:\n- {id: checkout, window: 7d, steps: ['event == \"Login\"', 'event == \"Order Completed\"']}\n");
    assertThat(told("funnel", "checkout", "--from", "2026-03-01", "--to", "2026-03-31", "--json"))
        .contains("\"entered\":3,\"converted\":2,\"open\":2");
  }

  @Test
  void survival_tells_who_left_and_how_long_they_stay() throws IOException {
    make(
        List.of(
            track("old", "Login", "2026-01-01"),
            track("bob", "Login", "2026-02-01"),
            track("cid", "Login", "2026-02-01"),
            track("cid", "Login", "2026-02-20"),
            track("dan", "Login", "2026-02-01"),
            track("dan", "Login", "2026-02-25"),
            track("dan", "Login", "2026-03-20"),
            track("dan", "Login", "2026-04-15"),
            track("dan", "Login", "2026-05-10"),
            track("eve", "Login", "2026-05-30")));
    // bob is silent 30 days after his only day, cid 30 days after the 19th of his; dan stays.
    String[] days = {"--from", "2026-02-01", "--to", "2026-04-30"};
    String all = survival(days);
    assertThat(all)
        .contains("\"start\":0,\"lost\":2,\"new\":3,\"resurrected\":0,\"end\":1")
        .contains("\"n\":3,\"ended\":2,\"median_days\":49,")
        .contains("{\"day\":0,\"percent\":100},{\"day\":30,\"percent\":66.66666666666666}")
        .contains("{\"day\":49,\"percent\":33.33333333333333}]");
    assertThat(told("metric", "lifetime.median", days[0], days[1], days[2], days[3], "--json"))
        .contains("\"value\":4233600,");
    assertThat(told("survival", days[0], days[1], days[2], days[3]))
        .contains("everybody", "silence", "49.0 d");

    segment("stays", "count(\"Login\", \"30d\") > 0");
    assertThat(survival(days[0], days[1], days[2], days[3], "--by", "segment"))
        .contains("\"group\":\"stays\"")
        // One customer is too few for a rate.
        .contains("\"n\":1,\"ended\":0,\"median_days\":null,\"mean_days\":null,\"course\":[]");
    Cli.expect(2, "survival", "--by", "plan", "--workspace", workspace);
    Cli.expect(2, "survival", "--per", "account", "--by", "band", "--workspace", workspace);
  }

  private String survival(String... more) {
    List<String> words = new ArrayList<>(List.of("survival", "--json"));
    words.addAll(List.of(more));
    return told(words.toArray(String[]::new));
  }

  @Test
  void high_scorers_are_compared_with_others() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      lines.add(track("high" + i, "Paid", "2026-03-20"));
      lines.add(track("low" + i, "Login", "2026-03-20"));
      if (i < 15) {
        lines.add(track("high" + i, "Export", "2026-03-21"));
      }
      if (i < 3) {
        lines.add(track("low" + i, "Export", "2026-03-21"));
        // Not in the period.
        lines.add(track("low" + (i + 3), "Export", "2026-02-21"));
      }
    }
    make(lines);
    Files.writeString(
        workspace.resolve("models").resolve("m.yaml"),
        "name: m\nactivities:\n- {name: paid, match: 'event == \"Paid\"', points: 100}\n");
    String told = told("high-scorers", "--from", "2026-03-01", "--to", "2026-03-31", "--json");
    assertThat(told)
        .contains("\"day\":\"2026-04-01\",\"model\":\"m\"", "\"high\":25,\"low\":25,\"least\":20")
        .contains(
            "{\"activity\":\"Export\",\"high\":15,\"high_percent\":60,\"low\":3,\"low_percent\":12,")
        .contains(
            "{\"activity\":\"Paid\",\"high\":25,\"high_percent\":100,\"low\":0,\"low_percent\":0,\"lift\":null,\"lift_interval\":null,\"difference\":100,")
        .contains("\"apart\":true");
    assertThat(told("high-scorers", "--from", "2026-03-01", "--to", "2026-03-31"))
        .contains("25 customers with high scores beside 25 others", "60.0 %", "12.0 %", "5.00");
    assertThat(told("high-scorers", "--from", "2026-06-01", "--to", "2026-06-30"))
        .contains("fewer than 20");
    Cli.expect(
        2, "high-scorers", "--from", "2026-04-02", "--to", "2026-04-01", "--workspace", workspace);
  }

  @Test
  void lifecycles_and_cohorts_are_counted_by_week() throws IOException {
    make(
        List.of(
            track("ann", "Login", "2026-03-02"),
            track("ann", "Login", "2026-03-10"),
            track("bob", "Login", "2026-03-03"),
            track("bob", "Login", "2026-03-18"),
            track("cid", "Login", "2026-03-12")));
    assertThat(told("lifecycle", "--from", "2026-03-02", "--to", "2026-03-20", "--json"))
        .contains(
            "\"active\":2,\"new\":2,\"returning\":0,\"resurrecting\":0,\"dormant\":0",
            "\"active\":2,\"new\":1,\"returning\":1,\"resurrecting\":0,\"dormant\":1",
            "\"active\":1,\"new\":0,\"returning\":0,\"resurrecting\":1,\"dormant\":2,\"existing\":true,\"complete\":false");
    segment("ever", "count(\"Login\", \"90d\") > 0");
    assertThat(bySegment("returning_users", "2026-03-09", "2026-03-15"))
        .contains("{\"part\":\"ever\",\"value\":50,\"n\":2,");
    assertThat(
            told(
                "metric",
                "returning_users",
                "--by",
                "event",
                "--from",
                "2026-03-09",
                "--to",
                "2026-03-15",
                "--json"))
        .contains("{\"part\":\"Login\",\"value\":50,\"n\":2,");
    assertThat(told("retention", "--from", "2026-03-02", "--to", "2026-03-20"))
        .contains("2026-03-02      2  100.0%  50.0%  50.0%*  existing");
    assertThat(told("retention", "--rolling", "--from", "2026-03-02", "--to", "2026-03-20"))
        .contains("2026-03-02      2  100.0%  100.0%  –");
    Cli.expect(2, "retention", "--every", "year", "--workspace", workspace);
    Cli.expect(2, "retention", "--begin", "event = 1", "--workspace", workspace);
    Cli.expect(2, "lifecycle", "--every", "day", "--from", "2020-01-01", "--workspace", workspace);
  }

  @Test
  void twenty_of_a_hundred_lost_are_twenty_percent() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      lines.add(track("c" + i, "Login", "2026-01-10"));
      lines.add(plan("c" + i, i < 50 ? "gold" : i < 90 ? "basic" : "tiny"));
      if (i >= 20) {
        lines.add(track("c" + i, "Login", "2026-02-05"));
        lines.add(track("c" + i, "Login", "2026-03-05"));
      }
    }
    lines.add(track("c0", "Subscription Started", "2026-01-11"));
    lines.add(track("c0", "Subscription Cancelled", "2026-02-20"));
    lines.add(track("late", "Login", "2026-04-20"));
    make(lines);
    segment("gold", "traits.plan == \"gold\"");
    segment("tiny", "traits.plan == \"tiny\"");
    // At the end of February those who were lost are not in it any more.
    segment("seen", "count(\"Login\", \"30d\") > 0");
    // Silent since 2026-01-10, and so lost on 2026-02-09; who cancels is active by it.
    assertThat(metric("churn_rate.silent", "2026-02-01", "2026-02-28"))
        .contains("\"value\":20,\"n\":100");
    assertThat(metric("retention_rate.silent", "2026-02-01", "2026-02-28"))
        .contains("\"value\":80,\"n\":100");
    assertThat(metric("churn_rate", "2026-02-01", "2026-02-28")).contains("\"value\":1,\"n\":100");
    assertThat(metric("retention_rate", "2026-02-01", "2026-02-28"))
        .contains("\"value\":99,\"n\":100");
    assertThat(metric("churn_rate.silent", "2026-03-25", "2026-04-15")).contains("\"value\":null");
    assertThat(bySegment("churn_rate.silent", "2026-02-01", "2026-02-28"))
        .contains("{\"part\":\"seen\",\"value\":20,\"n\":100,\"interval\":[13.")
        .contains("{\"part\":\"gold\",\"value\":40,\"n\":50,")
        .contains("{\"part\":\"tiny\",\"value\":null,\"n\":10,\"interval\":null}");
    assertThat(bySegment("retention_rate.silent", "2026-02-01", "2026-02-28"))
        .contains("{\"part\":\"gold\",\"value\":60,\"n\":50,");
    assertThat(bySegment("lifetime.median", "2026-02-01", "2026-02-28"))
        .contains("{\"part\":\"gold\",\"value\":null,\"n\":0,");
    assertThat(
            Cli.expect(2, all("metric", "churn_rate.silent", "--by", "channel")).err()
                + Cli.expect(2, all("metric", "churn_rate.accounts", "--by", "segment")).err())
        .contains("by band or segment alone", "break it down by band");
    assertThat(metric("churn_rate", "2025-01-01", "2025-01-31")).contains("\"value\":null,\"n\":0");
  }

  @Test
  void tickets_that_are_opened_again_are_open_until_they_are_resolved() throws IOException {
    make(
        List.of(
            ticket("t1", "Ticket Created", "2026-03-01T00:00:00Z"),
            ticket("t1", "Ticket Resolved", "2026-03-01T10:00:00Z"),
            ticket("t1", "Ticket Reopened", "2026-03-02T00:00:00Z"),
            ticket("t1", "Ticket Resolved", "2026-03-03T00:00:00Z"),
            ticket("t2", "Ticket Created", "2026-03-01T00:00:00Z"),
            ticket("t2", "Ticket Resolved", "2026-03-01T12:00:00Z"),
            ticket("t3", "Ticket Created", "2026-03-05T00:00:00Z"),
            ticket("t4", "Ticket Created", "2026-03-06T00:00:00Z"),
            ticket("t4", "Ticket Resolved", "2026-03-06T01:00:00Z"),
            ticket("t4", "Ticket Reopened", "2026-03-07T00:00:00Z")));
    assertThat(metric("resolution_time.finished_median", "2026-03-01", "2026-03-07"))
        .contains("\"value\":108000,\"n\":2");
    assertThat(metric("resolution_time.median", "2026-03-01", "2026-03-07"))
        .contains("\"value\":172800,\"n\":4");
    assertThat(metric("backlog", "2026-03-01", "2026-03-01")).contains("\"value\":0");
    assertThat(metric("backlog", "2026-03-02", "2026-03-02")).contains("\"value\":1");
    assertThat(metric("backlog", "2026-03-06", "2026-03-06")).contains("\"value\":1");
    assertThat(metric("backlog", "2026-03-07", "2026-03-07")).contains("\"value\":2");
    assertThat(
            told(
                "metric",
                "backlog",
                "--by",
                "properties.tier",
                "--from",
                "2026-03-07",
                "--to",
                "2026-03-07",
                "--json"))
        .contains("{\"part\":\"gold\",\"value\":2,\"n\":2,\"interval\":null}");
    segment("waits", "count(\"Ticket Created\", \"30d\") > 0");
    segment("calm", "count(\"Ticket Created\", \"30d\") == 0");
    assertThat(bySegment("backlog", "2026-03-07", "2026-03-07"))
        .contains("{\"part\":\"waits\",\"value\":2,\"n\":2,");
    assertThat(bySegment("resolution_time.finished_median", "2026-03-01", "2026-03-07"))
        .contains("{\"part\":\"waits\",\"value\":108000,\"n\":2,")
        .contains("{\"part\":\"calm\",\"value\":null,\"n\":0,");
    assertThat(metric("first_response_time.median", "2026-03-01", "2026-03-07"))
        .contains("\"value\":null,\"n\":4");
  }

  private static String ticket(String id, String event, String time) {
    return track("ann", event, time, "\"ticket_id\":\"%s\",\"tier\":\"gold\"".formatted(id));
  }

  @Test
  void activation_is_what_the_workspace_says() throws IOException {
    List<String> lines = new ArrayList<>(List.of(track("old", "Login", "2026-01-01")));
    for (int i = 1; i <= 3; i++) {
      lines.add(track("n" + i, "Login", "2026-03-01"));
      lines.add(track("n" + i, "Feature Used", "2026-03-0" + (1 + i)));
    }
    make(lines);
    assertThat(metric("time_to_value.median", "2026-03-01", "2026-03-31"))
        .contains("\"value\":null,\"n\":0");
    Files.writeString(
        workspace.resolve("pulso.yaml"),
        "\nactivation: 'event == \"Feature Used\"'\n",
        java.nio.file.StandardOpenOption.APPEND);
    assertThat(metric("time_to_value.median", "2026-03-01", "2026-03-31"))
        .contains("\"value\":172800,\"n\":3");
  }

  @Test
  void help_desk_tickets_take_as_long_as_is_known() throws IOException {
    for (String[] one :
        new String[][] {{"helpdesk.csv", "3.9278"}, {"bpi_13_incidents.csv", "7.549"}}) {
      Path data = SharedData.path("helpdesk_tickets/" + one[0]);
      TreeMap<String, List<String>> cases = new TreeMap<>();
      List<String> rows = Files.readAllLines(data);
      for (String row : rows.subList(1, rows.size())) {
        String[] cells = row.split(",", -1);
        cases.computeIfAbsent(cells[0], any -> new ArrayList<>()).add(cells[2]);
      }
      List<String> lines = new ArrayList<>();
      DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
      cases.forEach((id, times) -> {
        List<LocalDateTime> sorted =
            times.stream()
                .map(time -> LocalDateTime.parse(time.replace('/', '-').substring(0, 19), format))
                .sorted()
                .toList();
        String key = "\"ticket_id\":\"%s\"".formatted(id);
        lines.add(
            track("desk", "Ticket Created", sorted.getFirst() + suffix(sorted.getFirst()), key));
        lines.add(
            track("desk", "Ticket Resolved", sorted.getLast() + suffix(sorted.getLast()), key));
      });
      make(lines);
      String found = metric("resolution_time.median", "2010-01-01", "2013-12-31");
      double seconds = Double.parseDouble(found.replaceAll("(?s).*?\"value\":([0-9.]+).*", "$1"));
      new Published(
              "helpdesk_tickets",
              "median days from the first to the last event, " + one[0],
              one[1],
              "differences of times in the data set")
          .is(seconds / 86_400);
      deleteAll();
    }
  }

  /// Seconds are left out of the text where they are none.
  private static String suffix(LocalDateTime time) {
    return time.getSecond() == 0 ? ":00Z" : "Z";
  }

  private void deleteAll() throws IOException {
    try (var files = Files.walk(workspace)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void telephone_customers_stay_as_long_as_is_known() throws IOException {
    List<String> rows = Files.readAllLines(SharedData.path("telco_churn_ibm/wa_churn.csv"));
    Survival lasting = new Survival();
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      lasting.add(Long.parseLong(cells[5]), cells[0].equals("Yes"));
    }
    assertThat(lasting.size()).isEqualTo(7_043);
    for (String[] one :
        new String[][] {{"1", "0.9460"}, {"12", "0.8432"}, {"24", "0.7887"}, {"72", "0.5928"}}) {
      new Published(
              "telco_churn_ibm",
              "share still there after %s months".formatted(one[0]),
              one[1],
              "Kaplan-Meier estimate of the data set")
          .is(lasting.at(Long.parseLong(one[0])));
    }
  }
}
