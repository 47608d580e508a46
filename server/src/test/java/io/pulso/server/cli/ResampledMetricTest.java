package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The intervals of parts and of points are those of their events alone, whoever or whatever is
/// drawn. Each customer is in one place.
class ResampledMetricTest {
  private static final List<String> METRICS =
      List.of(
          "ctr",
          "bounce_rate",
          "pages_per_session",
          "purchases.net",
          "purchases.average_order_value",
          "own.posts",
          "own.likes");
  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
  private static final int DAYS = 90;

  @TempDir private static Path folder = Path.of("");

  private record Line(String place, LocalDate day, String json) {}

  @BeforeAll
  static void makes_workspaces() throws IOException {
    List<Line> lines = lines();
    make("all", lines.stream());
    for (String place : List.of("north", "south")) {
      make(place, lines.stream().filter(line -> line.place().equals(place)));
    }
    make("no-post", Stream.concat(lines.stream(), Stream.of(post("north", FIRST, null, 3))));
    make("nobody", Stream.concat(lines.stream(), Stream.of(reported("north", FIRST))));
  }

  private static List<Line> lines() {
    Random random = new Random(5);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String place = random.nextInt(3) == 0 ? "south" : "north";
      LocalDate day = FIRST.plusDays(random.nextInt(DAYS));
      String who = "c" + random.nextInt(40) + "-" + place;
      lines.add(views(place, day, who));
      if (random.nextInt(3) == 0) {
        lines.add(line(place, day, who, "\"type\":\"track\",\"event\":\"Ad Clicked\""));
      }
      for (int page = random.nextInt(3); page >= 0; page--) {
        lines.add(line(place, day, who, "\"type\":\"page\",\"name\":\"P\""));
      }
      if (random.nextInt(4) == 0) {
        lines.add(
            line(
                place,
                day,
                who,
                "\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":{\"order_id\":\"o%d\",\"value\":%d.1}"
                    .formatted(i, random.nextInt(90))));
      }
      lines.add(post(place, day, "p" + random.nextInt(30), random.nextInt(9)));
    }
    lines.add(views("lone", FIRST, "only"));
    lines.add(line("lone", FIRST, "only", "\"type\":\"track\",\"event\":\"Ad Clicked\""));
    return lines;
  }

  private static Line views(String place, LocalDate day, String who) {
    return line(place, day, who, "\"type\":\"track\",\"event\":\"Ad Viewed\"");
  }

  /// Views of ads by nobody who is known.
  private static Line reported(String place, LocalDate day) {
    return line(
        place,
        day,
        null,
        "\"type\":\"track\",\"event\":\"Metric Reported\",\"properties\":{\"metric\":\"ads.views\",\"value\":5}");
  }

  /// Likes and reach as a network reports them, of nobody.
  private static Line post(String place, LocalDate day, @Nullable String post, int likes) {
    String of = post == null ? "" : "\"post\":\"%s\",".formatted(post);
    return line(
        place,
        day,
        null,
        "\"type\":\"track\",\"event\":\"Metric Reported\",\"properties\":{%s\"metric\":\"mine\",\"likes\":%d,\"reach\":%d}"
            .formatted(of, likes, 50 + likes * likes));
  }

  private static Line line(String place, LocalDate day, @Nullable String who, String more) {
    String whose = who == null ? "" : ",\"userId\":\"%s\"".formatted(who);
    return new Line(
        place,
        day,
        "\"timestamp\":\"%sT10:00:00Z\",\"channel\":\"web\",\"context\":{\"place\":\"%s\"}%s,%s"
            .formatted(day, place, whose, more));
  }

  private static void make(String name, Stream<Line> lines) throws IOException {
    Path workspace = folder.resolve(name);
    Cli.expect(0, "init", workspace, "--time-zone", "UTC");
    Files.writeString(
        Files.createDirectories(workspace.resolve("metrics")).resolve("own.yaml"),
        """
        metrics:
          - id: own.posts
            kind: percent
            resample: properties.post
            is: {ratio: {over: {total: {of: properties.likes, match: 'event == "Metric Reported"'}}, per: {total: {of: properties.reach, match: 'event == "Metric Reported"'}}}}
          - id: own.likes
            kind: count
            resample: properties.post
            is: {total: {of: properties.likes, match: 'event == "Metric Reported"'}}
          - id: own.of_customers
            kind: percent
            is: {ratio: {over: {total: {of: properties.likes, match: 'event == "Metric Reported"'}}, per: {total: {of: properties.reach, match: 'event == "Metric Reported"'}}}}
          - id: own.mean
            kind: percent
            is: {mean_of: {ratio: {over: {total: {of: properties.likes, match: 'event == "Metric Reported"'}}, per: {total: {of: properties.reach, match: 'event == "Metric Reported"'}}}, by: properties.post}}
        """);
    StringBuilder text = new StringBuilder();
    int[] id = {0};
    lines.forEach(
        line -> text.append("{\"messageId\":\"m%d\",%s}\n".formatted(id[0]++, line.json())));
    Path file = folder.resolve(name + ".jsonl");
    Files.writeString(file, text);
    Cli.expect(0, "import", file, "--workspace", workspace);
  }

  private static String told(
      String workspace, String id, LocalDate from, LocalDate to, String... more) {
    List<Object> all = new ArrayList<>(List.of("metric", id, "--from", from, "--to", to));
    all.addAll(List.of(more));
    all.addAll(List.of("--json", "--workspace", folder.resolve(workspace)));
    return Cli.expect(0, all.toArray()).out().strip();
  }

  private static String told(String workspace, String id, String... more) {
    return told(workspace, id, FIRST, FIRST.plusDays(DAYS - 1L), more);
  }

  /// Value, n and interval.
  private static String figure(String json, String before) {
    Matcher found =
        Pattern.compile(
                Pattern.quote(before)
                    + "(\"value\":[^,]*,\"n\":[0-9]+,\"interval\":(null|\\[.*?\\]))")
            .matcher(json);
    assertThat(found.find()).as(before + " in " + json).isTrue();
    return found.group(1);
  }

  private static String whole(String json) {
    return figure(json.substring(json.indexOf("\"value\"")), "");
  }

  private static String part(String workspace, String id, String part) {
    return figure(told(workspace, id, "--by", "context.place"), "\"part\":\"%s\",".formatted(part));
  }

  @Test
  void a_part_has_the_interval_of_its_events_alone() {
    for (String id : METRICS) {
      for (String place : List.of("north", "south")) {
        assertThat(part("all", id, place))
            .as(id)
            .contains("\"interval\":[")
            .isEqualTo(whole(told(place, id)));
      }
    }
  }

  @Test
  void a_day_of_a_long_series_has_the_interval_of_that_day() {
    for (String id :
        List.of("ctr", "pages_per_session", "purchases.net", "own.posts", "own.mean")) {
      Matcher points =
          Pattern.compile(
                  "\"from\":\"([^\"]*)\",\"to\":\"\\1\",(\"value\":[^,]*,\"n\":[0-9]+,\"interval\":\\[.*?\\])")
              .matcher(told("all", id, "--every", "day"));
      int days = 0;
      while (points.find()) {
        LocalDate day = LocalDate.parse(points.group(1));
        if (days++ < 2) {
          assertThat(whole(told("all", id, day, day))).as(id).isEqualTo(points.group(2));
        }
      }
      assertThat(days).as(id).isGreaterThan(10);
    }
  }

  @Test
  void the_figure_lies_in_its_interval_and_the_same_question_has_the_same() {
    Stream.concat(METRICS.stream(), Stream.of("own.mean"))
        .forEach(id -> {
          String figure = whole(told("all", id));
          Matcher numbers =
              Pattern.compile("\"value\":(.*),\"n\":.*\\[(.*),(.*)\\]").matcher(figure);
          assertThat(numbers.matches()).as(figure).isTrue();
          assertThat(Double.parseDouble(numbers.group(1)))
              .as(id)
              .isStrictlyBetween(
                  Double.parseDouble(numbers.group(2)), Double.parseDouble(numbers.group(3)));
          assertThat(whole(told("all", id))).isEqualTo(figure);
        });
  }

  @Test
  void a_part_of_one_customer_has_none() {
    assertThat(part("all", "ctr", "lone")).isEqualTo("\"value\":100,\"n\":1,\"interval\":null");
  }

  @Test
  void what_is_nobodys_leaves_its_part_without_one_and_the_others_with_theirs() {
    assertThat(part("nobody", "ctr", "north")).endsWith("\"interval\":null");
    assertThat(part("nobody", "ctr", "south")).isEqualTo(part("all", "ctr", "south"));
    assertThat(whole(told("nobody", "ctr"))).endsWith("\"interval\":null");
    assertThat(whole(told("nobody", "purchases.net")))
        .isEqualTo(whole(told("all", "purchases.net")));
  }

  @Test
  void what_is_of_no_post_leaves_a_pooled_rate_without_one_but_not_the_mean_of_posts() {
    assertThat(part("no-post", "own.posts", "north")).endsWith("\"interval\":null");
    assertThat(part("no-post", "own.posts", "south")).isEqualTo(part("all", "own.posts", "south"));
    assertThat(whole(told("no-post", "own.mean"))).isEqualTo(whole(told("all", "own.mean")));
  }

  @Test
  void posts_are_drawn_only_where_the_metric_says_so() {
    assertThat(whole(told("all", "own.of_customers")))
        .isEqualTo(whole(told("all", "own.posts")).replaceFirst("\\[.*\\]", "null"));
  }
}
