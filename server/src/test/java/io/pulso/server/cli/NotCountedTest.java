package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotCountedTest {
  private static final String MODEL =
      """
      name: use
      window: 10d
      activities:
        - {name: minutes, match: event == "Ended", unit: properties.minutes, points: 1}
        - {name: spent, match: event == "Paid", unit: value, points: 1, window: 3d}
        - {name: features, match: event == "Used", unit: {distinct: properties.feature}, points: 1}
        - {name: opened, match: event == "Opened", points: 1}
      """;

  @TempDir private Path folder = Path.of("");
  private Shop shop = new Shop(folder);
  private int minute;

  @BeforeEach
  void open() {
    shop = new Shop(folder);
    Cli.expect(0, "init", shop.workspace);
  }

  private void event(String id, String name, String day, String properties) {
    minute++;
    shop.track(
        id,
        name,
        "%sT10:%02d:00Z".formatted(day, minute % 60),
        ",\"properties\":{%s}".formatted(properties));
  }

  private void everyReason() {
    Cli.write(shop.model, MODEL);
    event("ann", "Ended", "2026-03-20", "\"minutes\":2.5");
    event("ann", "Ended", "2026-03-20", "\"minutes\":\"12.5\"");
    event("ann", "Ended", "2026-03-20", "\"minutes\":\" 3 \"");
    event("ann", "Ended", "2026-03-20", "\"minutes\":\"twelve\"");
    event("ann", "Ended", "2026-03-20", "\"minutes\":true");
    event("ann", "Ended", "2026-03-20", "\"minutes\":-1");
    event("ann", "Ended", "2026-03-20", "\"minutes\":1000000001");
    event("ann", "Ended", "2026-03-20", "\"minutes\":[5]");
    event("ann", "Ended", "2026-03-20", "\"minutes\":null");
    event("ann", "Ended", "2026-03-20", "\"other\":1");
    event("ann", "Ended", "2026-03-01", "\"minutes\":\"1\"");
    event("bob", "Paid", "2026-03-19", "\"revenue\":\"7\"");
    event("bob", "Paid", "2026-03-20", "\"value\":null,\"total\":false");
    event("bob", "Paid", "2026-03-20", "\"value\":1e9");
    event("bob", "Paid", "2026-03-17", "\"value\":\"7\"");
    event("bob", "Used", "2026-03-20", "\"feature\":{\"a\":1}");
    event("bob", "Used", "2026-03-20", "\"feature\":\"x\"");
    event("bob", "Used", "2026-03-20", "\"none\":1");
    event("bob", "Opened", "2026-03-20", "\"x\":\"5\"");
    shop.load();
  }

  @Test
  void every_reason_is_counted_in_the_window_of_its_activity() {
    everyReason();
    assertThat(shop.run(0, "score", "--as-of", "2026-03-20", "--json").out())
        .contains(
            "\"not_countable\":{\"minutes\":{\"missing\":2,\"quoted_number\":2,\"boolean\":1,\"not_a_number\":1,\"negative\":1,\"too_large\":1,\"object_or_array\":1},"
                + "\"spent\":{\"quoted_number\":1,\"boolean\":1},\"features\":{\"object_or_array\":1}},\"coverage\":1,\"silent_sources\":[]}");
  }

  @Test
  void an_explanation_says_the_same_of_one_customer() {
    everyReason();
    assertThat(shop.run(0, "explain", "ann", "--to", "2026-03-20", "--json").out())
        .contains(
            "\"points\":2.5,\"units_seen\":2.5",
            "\"events_total\":10,\"not_countable\":{\"missing\":2,\"quoted_number\":2,\"boolean\":1,\"not_a_number\":1,\"negative\":1,\"too_large\":1,\"object_or_array\":1}}");
    assertThat(shop.run(0, "explain", "bob", "--to", "2026-03-20", "--json").out())
        .contains("\"events_total\":3,\"not_countable\":{\"quoted_number\":1,\"boolean\":1}}")
        .contains("\"events_total\":3,\"not_countable\":{\"object_or_array\":1}}")
        .contains("\"events_total\":1}")
        .doesNotContain("saturated");
    assertThat(shop.run(0, "explain", "bob", "--to", "2026-03-20").out())
        .contains(
            "Events that match but do not count:\n  spent: 1 with a number in quotes, 1 with true or false\n  features: 1 with a list or an object\n");
  }

  @Test
  void the_summary_has_a_line_for_each_reason() {
    everyReason();
    String out = shop.run(0, "score", "--as-of", "2026-03-20").out();
    assertThat(out)
        .contains(
            "Events that match but do not count\n",
            "  minutes              2 without a value\n",
            "  minutes              2 with a number in quotes\n",
            "  features             1 with a list or an object\n")
        .contains("pulso explain ID");
    assertThat(out.lines()).allMatch(line -> Shown.width(line) <= 80);
  }

  @Test
  void an_activity_that_counted_nothing_of_what_it_saw_has_its_line() {
    Cli.write(shop.model, MODEL);
    event("cy", "Opened", "2026-03-10", "\"x\":1");
    event("cy", "Ended", "2026-03-19", "\"minutes\":\"4\"");
    shop.load();
    assertThat(shop.run(0, "explain", "cy", "--to", "2026-03-20", "--json").out())
        .contains(
            "\"lines\":[{\"cause\":\"activity\",\"activity\":\"minutes\",\"points\":0,\"units_seen\":0,\"units_counted\":0,\"uncounted_day\":0,\"uncounted_window\":0,\"points_per_unit\":1,\"factor\":1,\"events\":[\"m2\"],\"events_total\":1,\"not_countable\":{\"quoted_number\":1}}]");
    assertThat(
            shop.run(0, "explain", "cy", "--from", "2026-03-18", "--to", "2026-03-19", "--json")
                .out())
        .contains("\"cause\":\"new_activity\",\"activity\":\"minutes\",\"points\":0,")
        .contains("\"not_countable\":{\"quoted_number\":1}");
    assertThat(
            shop.run(0, "explain", "cy", "--from", "2026-03-19", "--to", "2026-03-19", "--json")
                .out())
        .contains("\"lines\":[]");
  }

  @Test
  void a_day_that_is_full_is_saturated_and_one_that_is_just_full_is_not() {
    Cli.write(shop.model, MODEL);
    event("dee", "Ended", "2026-03-20", "\"minutes\":1e9");
    event("dee", "Ended", "2026-03-20", "\"minutes\":1e9");
    event("dee", "Ended", "2026-03-20", "\"minutes\":\"1\"");
    event("eli", "Ended", "2026-03-20", "\"minutes\":1e9");
    shop.load();
    assertThat(shop.run(0, "score", "--as-of", "2026-03-20", "--json").out())
        .contains("\"not_countable\":{\"minutes\":{\"quoted_number\":1,\"saturated\":2}}");
    assertThat(shop.run(0, "explain", "dee", "--to", "2026-03-20", "--json").out())
        .contains("\"not_countable\":{\"quoted_number\":1,\"saturated\":2}");
    assertThat(shop.run(0, "explain", "eli", "--to", "2026-03-20", "--json").out())
        .doesNotContain("not_countable");
  }

  @Test
  void an_account_without_seats_is_said() {
    Cli.write(
        shop.model,
        """
        name: teams
        subject: account
        window: 10d
        activities:
          - {name: opened, match: event == "Opened", points: 1, per: seat}
          - {name: minutes, match: event == "Ended", unit: properties.minutes, points: 1, cap: {per_person: 10}}
        """);
    for (String day : new String[] {"2026-03-18", "2026-03-20"}) {
      account("f1", "Opened", day, "a1", "");
      account("g1", "Opened", day, "b2", "");
    }
    account("f1", "Ended", "2026-03-20", "a1", "\"minutes\":1e9");
    account("f1", "Ended", "2026-03-20", "a1", "\"minutes\":1e9");
    account("f1", "Ended", "2026-03-20", "a1", "\"minutes\":false");
    shop.load();
    Path groups =
        Cli.write(
            folder.resolve("groups.jsonl"),
            """
            {"type":"group","userId":"f1","groupId":"a1","traits":{"seats":4},"timestamp":"2026-03-19T00:00:00Z"}
            {"type":"group","userId":"g1","groupId":"b2","traits":{"seats":0.9996},"timestamp":"2026-03-01T00:00:00Z"}
            """);
    shop.run(0, "import", groups);
    assertThat(shop.run(0, "score", "--as-of", "2026-03-20", "--json").out())
        .contains("\"not_countable\":{\"opened\":{\"no_seats\":3},\"minutes\":{\"boolean\":1}}");
    assertThat(shop.run(0, "explain", "a1", "--to", "2026-03-20", "--json").out())
        .contains("\"events_total\":2,\"not_countable\":{\"no_seats\":1}")
        .contains("\"events_total\":3,\"not_countable\":{\"boolean\":1}");
    assertThat(shop.run(0, "explain", "b2", "--to", "2026-03-20", "--json").out())
        .contains("\"events_total\":2,\"not_countable\":{\"no_seats\":2}");
  }

  private void account(String id, String name, String day, String group, String properties) {
    minute++;
    shop.track(
        id,
        name,
        "%sT10:%02d:00Z".formatted(day, minute % 60),
        ",\"properties\":{%s},\"context\":{\"groupId\":\"%s\"}".formatted(properties, group));
  }

  @Test
  void nothing_to_say_is_not_said() throws IOException {
    Shop plain = Shop.open(Files.createDirectory(folder.resolve("plain")));
    assertThat(plain.run(0, "score", "--as-of", "2026-03-18", "--json").out())
        .contains("\"not_countable\":{}");
    assertThat(plain.run(0, "score", "--as-of", "2026-03-18").out()).doesNotContain("not count");
    assertThat(plain.run(0, "explain", "ann", "--to", "2026-03-18").out())
        .doesNotContain("not count");
  }
}
