package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `pulso segment` answers, and metrics in segments, over events that can be counted by hand.
class SegmentCommandTest {
  private static final String MODEL =
      """
      name: use
      window: 10d
      activities:
        - {name: logins, match: event == "Login", points: 30}
      """;

  @TempDir private Path folder;
  private Path workspace = Path.of("");
  private final StringBuilder lines = new StringBuilder();
  private int number;

  @BeforeEach
  void makes_a_workspace() throws IOException {
    workspace = folder.resolve("w");
    Cli.expect(0, "init", workspace, "--time-zone", "Europe/Berlin");
    Cli.write(workspace.resolve("models/use.yaml"), MODEL);
    Cli.write(
        workspace.resolve("segments/pros.yaml"),
        "name: pros\ntitle: Pros\nwhen: 'traits.plan == \"pro\"'\n");
    Cli.write(
        workspace.resolve("segments/quiet.yaml"),
        "name: quiet\nwhen: 'count(\"Login\", \"2d\") == 0 && days_since(\"Login\") > 1'\n");
    Cli.write(workspace.resolve("segments/pilots.yaml"), "name: pilots\nlist: true\n");
    Cli.write(
        workspace.resolve("segments/firms.yaml"),
        "name: firms\nof: accounts\nwhen: 'account.tier == \"gold\"'\n");
    plan("ann", "pro", "2026-03-01T10:00:00Z");
    plan("bob", "free", "2026-03-01T10:00:00Z");
    // Midnight in Berlin is 23:00 UTC of the day before.
    plan("bob", "pro", "2026-03-03T22:59:59Z");
    plan("ann", "free", "2026-03-04T23:00:00Z");
    track("ann", "Login", "2026-03-02T10:00:00Z", "");
    track("bob", "Login", "2026-03-02T23:30:00Z", "");
    track("cid", "Login", "2026-03-02T10:00:00Z", "");
    track("ann", "Order Completed", "2026-03-02T10:00:00Z", "\"order_id\":\"o1\",\"value\":10.5");
    track("bob", "Order Completed", "2026-03-03T10:00:00Z", "\"order_id\":\"o2\",\"value\":20");
    track("cid", "Order Completed", "2026-03-03T10:00:00Z", "\"order_id\":\"o3\",\"value\":40");
    lines.append(
        "{\"messageId\":\"g\",\"userId\":\"cid\",\"type\":\"group\",\"groupId\":\"acme\",\"traits\":{\"tier\":\"gold\"},\"timestamp\":\"2026-03-01T10:00:00Z\"}\n");
    Path file = folder.resolve("events.jsonl");
    Files.writeString(file, lines);
    Cli.expect(0, "import", file, "--workspace", workspace);
  }

  private void plan(String id, String plan, String at) {
    lines.append(
        "{\"messageId\":\"m%d\",\"userId\":\"%s\",\"type\":\"identify\",\"traits\":{\"plan\":\"%s\"},\"timestamp\":\"%s\"}\n"
            .formatted(++number, id, plan, at));
  }

  private void track(String id, String event, String at, String properties) {
    lines.append(
        "{\"messageId\":\"m%d\",\"userId\":\"%s\",\"type\":\"track\",\"event\":\"%s\",\"properties\":{%s},\"timestamp\":\"%s\"}\n"
            .formatted(++number, id, event, properties, at));
  }

  private Cli run(int status, Object... args) {
    Object[] all = java.util.Arrays.copyOf(args, args.length + 2);
    all[args.length] = "--workspace";
    all[args.length + 1] = workspace;
    return Cli.expect(status, all);
  }

  @Test
  void members_are_those_of_the_end_of_the_local_day() {
    assertThat(run(0, "segment", "members", "pros", "--day", "2026-03-02", "--json").out())
        .contains("\"size\":1,\"members\":[\"ann\"]");
    assertThat(run(0, "segment", "members", "pros", "--day", "2026-03-03", "--json").out())
        .contains("\"members\":[\"ann\",\"bob\"]");
    assertThat(run(0, "segment", "members", "pros", "--day", "2026-03-04", "--json").out())
        .contains("\"members\":[\"ann\",\"bob\"]");
    assertThat(run(0, "segment", "members", "pros", "--day", "2026-03-05", "--json").out())
        .contains("\"members\":[\"bob\"]");
    // Nobody exists yet.
    assertThat(run(0, "segment", "members", "pros", "--day", "2026-02-01", "--json").out())
        .contains("\"size\":0");
    assertThat(run(0, "segment", "list", "--day", "2026-03-05", "--json").out())
        .contains("\"segment\":\"firms\",", "\"of\":\"accounts\"", "\"segment\":\"quiet\"")
        .containsPattern("\"segment\":\"firms\"[^}]*\"size\":1");
  }

  @Test
  void a_file_of_members_has_their_scores() throws IOException {
    Path file = folder.resolve("members.csv");
    run(0, "segment", "members", "pros", "--day", "2026-03-04", "--output", file);
    assertThat(Files.readString(file))
        .isEqualTo(
            "subject,day,score,band\nann,2026-03-04,30.000,very_disengaged\nbob,2026-03-04,30.000,very_disengaged\n");
  }

  @Test
  void who_came_and_who_left_is_told_day_by_day() {
    assertThat(
            run(
                    0,
                    "segment",
                    "days",
                    "pros",
                    "--from",
                    "2026-03-01",
                    "--to",
                    "2026-03-05",
                    "--json")
                .out())
        .contains(
            "{\"day\":\"2026-03-01\",\"size\":1,\"entered\":1,\"left\":0}",
            "{\"day\":\"2026-03-02\",\"size\":1,\"entered\":0,\"left\":0}",
            "{\"day\":\"2026-03-03\",\"size\":2,\"entered\":1,\"left\":0}",
            "{\"day\":\"2026-03-05\",\"size\":1,\"entered\":0,\"left\":1}");
    // Logins of ann and cid are of 2 March, that of bob is of the 3rd in Berlin.
    assertThat(
            run(
                    0,
                    "segment",
                    "days",
                    "quiet",
                    "--from",
                    "2026-03-03",
                    "--to",
                    "2026-03-05",
                    "--json")
                .out())
        .contains(
            "{\"day\":\"2026-03-03\",\"size\":0,\"entered\":0,\"left\":0}",
            "{\"day\":\"2026-03-04\",\"size\":2,\"entered\":2,\"left\":0}",
            "{\"day\":\"2026-03-05\",\"size\":3,\"entered\":1,\"left\":0}");
    assertThat(
            run(2, "segment", "days", "pros", "--from", "2025-03-01", "--to", "2026-03-05").err())
        .contains("at most 92 days");
  }

  @Test
  void a_list_is_changed_from_files_and_keeps_its_past() {
    Path ids = Cli.write(folder.resolve("ids.csv"), "user_id,note\nann,x\n\"bob\",y\nnobody,z\n");
    Cli first = run(1, "segment", "import", "pilots", ids, "--json");
    assertThat(first.out())
        .contains("{\"read\":3,\"added\":2,\"kept\":0,\"removed\":0,\"unknown\":[\"nobody\"]}");
    String today = LocalDate.now(ZoneOffset.UTC).plusDays(1).toString();
    assertThat(run(0, "segment", "members", "pilots", "--day", today, "--json").out())
        .contains("[\"ann\",\"bob\"]");
    // They were not on it before.
    assertThat(run(0, "segment", "members", "pilots", "--day", "2026-03-05", "--json").out())
        .contains("\"size\":0");
    Path other = Cli.write(folder.resolve("other.txt"), "bob\ncid\n");
    assertThat(run(0, "segment", "import", "pilots", other, "--replace", "--json").out())
        .contains("\"added\":1,\"kept\":1,\"removed\":1");
    assertThat(run(0, "segment", "members", "pilots", "--day", today, "--json").out())
        .contains("[\"bob\",\"cid\"]");
    assertThat(run(0, "segment", "import", "pilots", other, "--remove", "--json").out())
        .contains("\"removed\":2");
    assertThat(run(0, "segment", "members", "pilots", "--day", today, "--json").out())
        .contains("\"size\":0");
    assertThat(run(2, "segment", "import", "pros", other).err()).contains("has a rule and no list");
    assertThat(run(2, "segment", "import", "pilots", other, "--replace", "--remove").err())
        .contains("not both");
  }

  @Test
  void who_is_forgotten_leaves_every_list() {
    Path ids = Cli.write(folder.resolve("ids.txt"), "ann\nbob\n");
    run(0, "segment", "import", "pilots", ids);
    Cli.expect(0, "forget", "ann", "--workspace", workspace);
    String today = LocalDate.now(ZoneOffset.UTC).plusDays(1).toString();
    assertThat(run(0, "segment", "members", "pilots", "--day", today, "--json").out())
        .contains("[\"bob\"]");
  }

  @Test
  void metrics_are_broken_down_by_segment_and_band() {
    Object[] march = {"--from", "2026-03-01", "--to", "2026-03-04", "--json", "--by"};
    assertThat(metric("purchases.net", march, "segment"))
        .contains(
            "{\"part\":\"quiet\",\"value\":50.5,\"n\":2,\"interval\":[21,80]}",
            "{\"part\":\"pros\",\"value\":30.5,\"n\":2,\"interval\":[21,40]}")
        .doesNotContain("firms");
    // At the end of the 5th ann is no pro any more, whatever she was when she bought.
    assertThat(
            run(
                    0,
                    "metric",
                    "purchases.net",
                    "--from",
                    "2026-03-01",
                    "--to",
                    "2026-03-05",
                    "--by",
                    "segment",
                    "--json")
                .out())
        .contains("{\"part\":\"pros\",\"value\":20,\"n\":1,\"interval\":null}");
    assertThat(metric("purchases.orders", march, "band"))
        .contains("\"by\":[{\"part\":\"very_disengaged\",\"value\":3,\"n\":3,\"interval\":null}]");
    assertThat(metric("wau", march, "segment"))
        .contains(
            "{\"part\":\"pros\",\"value\":2,\"n\":2,\"interval\":null}",
            "{\"part\":\"quiet\",\"value\":2,\"n\":2,\"interval\":null}");
    assertThat(metric("score.customers", march, "band"))
        .contains("{\"part\":\"very_disengaged\",\"value\":3,\"n\":3,\"interval\":null}");
    assertThat(run(2, "metric", "wau", "--by", "channel").err())
        .contains("ask it by band or segment");
  }

  private String metric(String id, Object[] more, String by) {
    Object[] args = new Object[more.length + 3];
    args[0] = "metric";
    args[1] = id;
    System.arraycopy(more, 0, args, 2, more.length);
    args[args.length - 1] = by;
    return run(0, args).out();
  }

  @Test
  void scores_are_told_as_metrics() {
    Object[] day = {"--from", "2026-03-04", "--to", "2026-03-04", "--json"};
    track("dan", "Login", "2026-03-04T10:00:00Z", "");
    track("dan", "Login", "2026-03-04T11:00:00Z", "");
    track("dan", "Login", "2026-03-04T12:00:00Z", "");
    Path file = Cli.write(folder.resolve("more.jsonl"), lines.toString());
    run(0, "import", file);
    assertThat(plain("score.mean", day)).contains("\"value\":45,\"n\":4");
    assertThat(plain("score.median", day)).contains("\"value\":30,\"n\":4");
    assertThat(plain("score.customers", day)).contains("\"value\":4,\"n\":4");
    assertThat(plain("score.engaged_share", day))
        .contains("\"value\":25,\"n\":4,\"interval\":[4.5");
    assertThat(plain("engagement_index.engaged", day)).contains("\"value\":25,");
    assertThat(plain("engagement_index.disengaged", day)).contains("\"value\":75,");
    assertThat(plain("mau.accounts", day)).contains("\"value\":1,");
    assertThat(plain("dau.accounts", day)).contains("\"value\":0,");
    Object[] before = {"--from", "2026-01-04", "--to", "2026-01-04", "--json"};
    assertThat(plain("score.mean", before)).contains("\"value\":null,\"n\":0");
    assertThat(plain("engagement_index.engaged", before)).contains("\"value\":null");
  }

  private String plain(String id, Object[] more) {
    Object[] args = new Object[more.length + 2];
    args[0] = "metric";
    args[1] = id;
    System.arraycopy(more, 0, args, 2, more.length);
    return run(0, args).out();
  }

  @Test
  void who_answers_a_contact_in_seven_days_is_responsive() {
    track("ann", "Email Delivered", "2026-03-10T10:00:00Z", "");
    track("ann", "Email Opened", "2026-03-17T10:00:00Z", "");
    track("bob", "Email Delivered", "2026-03-10T10:00:00Z", "");
    track("bob", "Email Opened", "2026-03-17T10:00:01Z", "");
    track("cid", "Login", "2026-03-10T09:59:59Z", "");
    track("cid", "Email Delivered", "2026-03-10T10:00:00Z", "");
    Path file = Cli.write(folder.resolve("more.jsonl"), lines.toString());
    run(0, "import", file);
    // Its time has not passed on the 16th.
    assertThat(responsive("2026-03-16")).contains("\"value\":0,\"n\":3");
    assertThat(responsive("2026-03-17")).contains("\"value\":33.3,\"n\":3");
    assertThat(responsive("2026-04-08")).contains("\"value\":33.3,\"n\":3");
    assertThat(responsive("2026-04-09")).contains("\"value\":0,\"n\":3");
    assertThat(
            plain(
                "engagement_index.disengaged",
                new Object[] {"--from", "2026-03-17", "--to", "2026-03-17", "--json"}))
        .contains("\"value\":66.7,");
  }

  private String responsive(String day) {
    return plain(
        "engagement_index.responsive", new Object[] {"--from", day, "--to", day, "--json"});
  }

  @Test
  void moves_between_bands_are_told() {
    track("ann", "Login", "2026-03-04T10:00:00Z", "");
    track("ann", "Login", "2026-03-04T11:00:00Z", "");
    track("dan", "Login", "2026-03-04T11:00:00Z", "");
    Path file = Cli.write(folder.resolve("more.jsonl"), lines.toString());
    run(0, "import", file);
    Object[] days = {"--from", "2026-03-03", "--to", "2026-03-04"};
    assertThat(run(0, "segment", "migration", days[0], days[1], days[2], days[3], "--json").out())
        .contains(
            "{\"before\":\"very_disengaged\",\"after\":\"highly_engaged\",\"customers\":1}",
            "{\"before\":\"very_disengaged\",\"after\":\"very_disengaged\",\"customers\":2}",
            "{\"before\":null,\"after\":\"very_disengaged\",\"customers\":1}");
    assertThat(
            run(
                    0,
                    "segment",
                    "migration",
                    days[0],
                    days[1],
                    days[2],
                    days[3],
                    "--segment",
                    "pros",
                    "--json")
                .out())
        .contains("\"after\":\"very_disengaged\",\"customers\":1}")
        .doesNotContain("\"customers\":2}");
    assertThat(run(2, "segment", "migration", "--from", "2026-03-04", "--to", "2026-03-04").err())
        .contains("must lie before");
  }

  @Test
  void few_are_not_compared_and_unknown_segments_are_named() {
    String compared =
        run(
                0,
                "segment",
                "compare",
                "pros",
                "quiet",
                "--from",
                "2026-03-01",
                "--to",
                "2026-03-04",
                "--json")
            .out();
    assertThat(compared)
        .contains(
            "\"one\":{\"segment\":\"pros\",\"size\":2}",
            "\"both\":1",
            "\"tested\":0",
            "\"id\":\"purchases.net\"",
            "\"one\":15.25,\"n_one\":2,\"other\":25.25,\"n_other\":2,\"difference\":null");
    assertThat(run(2, "segment", "compare", "pros", "quite").err())
        .contains("there is no segment 'quite'; did you mean 'quiet'?");
    assertThat(run(2, "segment", "compare", "pros", "firms").err())
        .contains("'firms' is one of accounts");
  }

  @Test
  void a_wrong_file_is_told_and_the_others_are_listed() {
    Cli.write(workspace.resolve("segments/wrong.yaml"), "name: wrong\nwhen: scor > 3\n");
    Cli listed = run(1, "segment", "list");
    assertThat(listed.err()).contains("segments/wrong.yaml:2: 'when'");
    assertThat(listed.out()).contains("pros");
  }
}
