package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Metrics of campaigns and channels over events that can be counted by hand.
class ChainMetricTest {
  @TempDir private Path folder;
  private Path workspace = Path.of("");
  private final StringBuilder lines = new StringBuilder();
  private int last;

  @BeforeEach
  void makes_a_workspace() throws IOException {
    workspace = folder.resolve("w");
    Cli.expect(0, "init", workspace, "--time-zone", "Europe/Berlin");
    cost("spring", 100);
    cost("summer", 50);
    // Ann sees two campaigns, and orders 30 days to the microsecond after the first.
    track("ann", "Ad Clicked", "2026-02-01T10:00:00Z", "{\"campaign\":\"spring\"}");
    track("ann", "Email Link Clicked", "2026-02-20T10:00:00Z", "{\"campaign\":\"summer\"}");
    order("ann", "o1", "2026-03-03T10:00:00Z", 150);
    // Bob's touch is a millisecond too old.
    track("bob", "Ad Clicked", "2026-02-01T10:00:00Z", "{\"campaign\":\"spring\"}");
    order("bob", "o2", "2026-03-03T10:00:00.001Z", 70);
    // Cid orders twice; the first order is there in two events.
    page("cid", "2026-03-04T10:00:00Z", "spring");
    order("cid", "o3", "2026-03-04T12:00:00Z", 25);
    order("cid", "o3", "2026-03-04T13:00:00Z", 5);
    order("cid", "o4", "2026-03-06T00:00:00Z", 10);
    // Mails: one opened twice, one not, one by a machine.
    mail("ann", "Email Delivered", "2026-03-02T08:00:00Z", "news", "");
    mail("ann", "Email Opened", "2026-03-02T09:00:00Z", "news", "");
    mail("ann", "Email Opened", "2026-04-02T09:00:00Z", "news", "");
    mail("bob", "Email Delivered", "2026-03-02T08:00:00Z", "news", "");
    mail("bob", "Email Opened", "2026-03-02T09:00:00Z", "news", "GoogleImageProxy");
    mail("bob", "Email Opened", "2026-03-02T09:00:00Z", "other", "");
    // Installed over midnight in Berlin, and removed on the next day and on the one after.
    track("ann", "Application Installed", "2026-03-01T22:59:59Z", "{}");
    track("ann", "Application Uninstalled", "2026-03-03T22:59:59Z", "{}");
    track("bob", "Application Installed", "2026-03-01T23:00:00Z", "{}");
    track("bob", "Application Uninstalled", "2026-03-03T22:59:59Z", "{}");
    track("bob", "Application Installed", "2026-03-03T22:59:59.5Z", "{}");
    track("cid", "Application Installed", "2026-03-02T12:00:00Z", "{}");
    track("cid", "Application Uninstalled", "2026-03-02T12:00:00Z", "{}");
    // Replies.
    track("ann", "Social Mentioned", "2026-03-05T10:00:00Z", "{}");
    track("ann", "Social Direct Message", "2026-03-05T10:00:30Z", "{}");
    track("ann", "Social Replied", "2026-03-05T10:01:30Z", "{}");
    track("bob", "Social Mentioned", "2026-03-05T10:00:00Z", "{}");
    Path file = folder.resolve("events.jsonl");
    Files.writeString(file, lines);
    Cli.expect(0, "import", file, "--workspace", workspace);
  }

  private void line(String body) {
    lines.append("{\"messageId\":\"m%d\",%s}\n".formatted(last++, body));
  }

  private void track(String who, String event, String at, String properties) {
    line(
        "\"type\":\"track\",\"userId\":\"%s\",\"event\":\"%s\",\"timestamp\":\"%s\",\"properties\":%s"
            .formatted(who, event, at, properties));
  }

  private void order(String who, String id, String at, int value) {
    track(who, "Order Completed", at, "{\"order_id\":\"%s\",\"value\":%d}".formatted(id, value));
  }

  private void mail(String who, String event, String at, String campaign, String agent) {
    line(
        "\"type\":\"track\",\"userId\":\"%s\",\"event\":\"%s\",\"timestamp\":\"%s\",\"properties\":{\"campaign\":\"%s\"},\"context\":{\"userAgent\":\"%s\"}"
            .formatted(who, event, at, campaign, agent));
  }

  private void page(String who, String at, String campaign) {
    line(
        "\"type\":\"page\",\"userId\":\"%s\",\"name\":\"Landing\",\"timestamp\":\"%s\",\"context\":{\"campaign\":{\"name\":\"%s\"}}"
            .formatted(who, at, campaign));
  }

  private void cost(String campaign, int value) {
    line(
        "\"type\":\"track\",\"event\":\"Campaign Cost\",\"timestamp\":\"2026-03-02T00:00:00Z\",\"properties\":{\"campaign\":\"%s\",\"value\":%d}"
            .formatted(campaign, value));
  }

  private String told(String id, String... more) {
    List<Object> all = new ArrayList<>(List.of("metric", id));
    all.addAll(List.of("--from", "2026-03-01", "--to", "2026-03-31"));
    all.addAll(List.of(more));
    all.addAll(List.of("--json", "--workspace", workspace));
    return Cli.expect(0, all.toArray()).out().strip();
  }

  @Test
  void revenue_is_put_down_to_the_first_or_to_the_last_touch_within_30_days() {
    assertThat(told("campaign.revenue.first", "--by", "campaign"))
        .contains("\"value\":190,\"n\":4", "\"part\":\"spring\",\"value\":190,\"n\":4");
    assertThat(told("campaign.revenue.last", "--by", "campaign"))
        .contains(
            "\"part\":\"spring\",\"value\":40,\"n\":3",
            "\"part\":\"summer\",\"value\":150,\"n\":1");
    assertThat(told("campaign.conversions.last")).contains("\"value\":4,");
    assertThat(told("campaign.roi.last", "--by", "campaign"))
        .contains("\"value\":26.666666", "\"part\":\"spring\",\"value\":-60,")
        .contains("\"part\":\"summer\",\"value\":200,");
    assertThat(told("campaign.roi.first", "--by", "channel")).contains("\"value\":null");
  }

  @Test
  void an_open_belongs_to_its_delivered_mail_and_machines_stand_apart() {
    assertThat(told("email.open_rate", "--every", "day"))
        .contains("\"value\":50,\"n\":2,\"interval\":null")
        .contains("\"to\":\"2026-03-03\",\"value\":null,\"n\":0");
    assertThat(told("email.unique_opens")).contains("\"value\":1,");
    assertThat(told("email.machine_opens")).contains("\"value\":1,");
    assertThat(told("email.click_to_open")).contains("\"value\":0,");
  }

  @Test
  void who_kept_the_application_is_told_by_the_end_of_the_local_day() {
    assertThat(told("app.kept.d1")).contains("\"value\":100,\"n\":3");
    assertThat(told("app.kept.d7", "--every", "day"))
        .contains("\"value\":66.66666", "\"n\":3,\"interval\":[")
        .contains("\"to\":\"2026-03-01\",\"value\":0,\"n\":1");
  }

  @Test
  void orders_repeat_by_their_ids() {
    assertThat(told("purchases.repeat_rate"))
        .contains("\"value\":33.33333", "\"n\":3,\"interval\":[");
    assertThat(told("purchases.days_between")).contains("\"value\":1.5,\"n\":1");
    assertThat(told("clv.historic", "--every", "month")).contains("\"value\":86.66666", "\"n\":3");
  }

  @Test
  void replies_are_timed_from_each_message_that_was_answered() {
    assertThat(told("social.response_time")).contains("\"value\":75,\"n\":2");
    // The one that waits still counts: two of three are answered within 90 seconds.
    assertThat(told("social.response_time.median", "--by", "event"))
        .contains(
            "\"value\":90,\"n\":3", "\"part\":\"Social Direct Message\",\"value\":60,\"n\":1");
    assertThat(told("social.response_time.p90")).contains("\"value\":null,\"n\":3");
    assertThat(told("social.response_time.finished_median")).contains("\"value\":75,\"n\":2");
  }

  @Test
  void figures_by_day_are_added_where_they_belong() throws IOException {
    Path file = folder.resolve("daily.csv");
    Files.writeString(
        file, "date,network,social.likes,social.reach\n2026-03-02,x,7,100\n2026-03-03,y,3,\n");
    Cli.expect(0, "import", file, "--as", "metrics-daily", "--workspace", workspace);
    track("ann", "Social Liked", "2026-03-04T10:00:00Z", "{\"network\":\"x\"}");
    Path more = folder.resolve("more.jsonl");
    Files.writeString(more, lines);
    Cli.expect(0, "import", more, "--workspace", workspace);
    assertThat(told("social.likes", "--by", "properties.network"))
        .contains("\"value\":11,", "\"part\":\"x\",\"value\":8,", "\"part\":\"y\",\"value\":3,");
    assertThat(told("social.engagement_rate")).contains("\"value\":11,");
  }

  @Test
  void points_of_a_series_and_groups_have_intervals_too() throws IOException {
    assertThat(told("purchases.gross", "--by", "segment")).contains("\"by\":[{\"part\":null,");
    Files.writeString(
        Files.createDirectories(workspace.resolve("segments")).resolve("all.yaml"),
        "name: all\nwhen: '!has(traits.nothing)'\n");
    Files.writeString(
        workspace.resolve("segments").resolve("nobody.yaml"),
        "name: nobody\nwhen: 'has(traits.nothing)'\n");
    String whole = told("purchases.gross");
    String figure = whole.substring(whole.indexOf("\"value\""), whole.indexOf(",\"complete\""));
    assertThat(figure).startsWith("\"value\":260,\"n\":5,\"interval\":[");
    assertThat(told("purchases.gross", "--every", "month"))
        .contains("\"series\":[{\"from\":\"2026-03-01\",\"to\":\"2026-03-31\"," + figure);
    assertThat(told("purchases.gross", "--by", "segment"))
        .contains("{\"part\":\"all\"," + figure)
        .doesNotContain("nobody");
    assertThat(told("purchases.gross", "--every", "day"))
        .contains("\"value\":220,\"n\":2,\"interval\":[140,300]");
  }

  @Test
  void a_corrected_total_of_a_day_takes_the_place_of_the_one_before() throws IOException {
    String first = "date,network,social.likes\n2026-03-02,x,7\n2026-03-02,y,2\n";
    assertThat(totals("files", first)).startsWith("{\"read\":2,\"stored\":2,\"duplicates\":0");
    // Columns in another order, another time of the day, and the same figure for y.
    String corrected = "network,social.likes,date\ny,2,2026-03-02\nx,9,2026-03-02T22:59:59Z\n";
    assertThat(totals("files", corrected))
        .contains("\"stored\":1,\"duplicates\":1,\"replaced\":1,");
    assertThat(told("social.likes", "--by", "properties.network"))
        .contains("\"value\":11,", "\"part\":\"x\",\"value\":9,", "\"part\":\"y\",\"value\":2,");
    assertThat(totals("files", corrected)).contains("\"stored\":0,\"duplicates\":2,");
    assertThat(told("social.likes")).contains("\"value\":11,");
    assertThat(totals("files", first)).contains("\"stored\":1,\"duplicates\":1,\"replaced\":1,");
    assertThat(told("social.likes")).contains("\"value\":9,");
    // Another day, another figure and another part are told beside them.
    totals("files", "date,network,social.likes\n2026-03-03,x,100\n2026-03-02,z,1000\n");
    totals("files", "date,network,social.shares\n2026-03-02,x,50\n");
    assertThat(told("social.likes")).contains("\"value\":1109,");
  }

  @Test
  void totals_of_two_sources_do_not_replace_each_other() throws IOException {
    totals("one", "date,social.likes\n2026-03-02,7\n");
    assertThat(totals("two", "date,social.likes\n2026-03-02,5\n"))
        .contains("\"stored\":1,\"duplicates\":0,");
    assertThat(told("social.likes", "--by", "source"))
        .contains(
            "\"value\":12,", "\"part\":\"one\",\"value\":7,", "\"part\":\"two\",\"value\":5,");
    totals("two", "date,social.likes\n2026-03-02,6\n");
    assertThat(told("social.likes")).contains("\"value\":13,");
  }

  /// What an import of totals says of itself.
  private String totals(String source, String text) throws IOException {
    Path file = folder.resolve("totals.csv");
    Files.writeString(file, text);
    return Cli.expect(
            0,
            "import",
            file,
            "--as",
            "metrics-daily",
            "--source",
            source,
            "--json",
            "--workspace",
            workspace)
        .out();
  }

  @Test
  void what_is_wrong_with_a_chain_is_told() throws IOException {
    Path file = Files.createDirectories(workspace.resolve("metrics")).resolve("own.yaml");
    Files.writeString(
        file,
        "metrics:\n  - {id: x, kind: money, is: {touched: {match: 'true', touch: 'true', days: 900, which: middle}}}\n");
    assertThat(Cli.expect(2, "metric", "x", "--workspace", workspace).err())
        .contains("'which' cannot be 'middle'", "'days'");
    Files.writeString(
        file, "metrics:\n  - {id: x, kind: count, is: {to_date: {active: {days: 1}}}}\n");
    assertThat(Cli.expect(2, "metric", "x", "--workspace", workspace).err())
        .contains("'to_date' takes one of events, customers, distinct, total");
  }

  @Test
  void accounts_pay_and_renew_as_their_traits_say_at_the_end_of_the_period() throws IOException {
    StringBuilder calls = new StringBuilder();
    group(
        calls,
        "a",
        "2026-02-01",
        "{\"mrr\":12345,\"currency\":\"eur\",\"tier\":1,\"renewal_date\":\"2026-06-29\"}");
    group(calls, "a", "2026-04-01", "{\"mrr\":99900}");
    group(
        calls,
        "b",
        "2026-03-31",
        "{\"mrr\":500,\"currency\":\"JPY\",\"tier\":2,\"renewal_date\":\"2026-06-30\"}");
    group(calls, "c", "2026-03-01", "{\"tier\":2,\"renewal_date\":\"soon\"}");
    group(calls, "d", "2026-04-01", "{\"mrr\":1}");
    Path file = folder.resolve("groups.jsonl");
    Files.writeString(file, calls);
    Cli.expect(0, "import", file, "--workspace", workspace);
    assertThat(told("accounts.mrr", "--by", "account.tier"))
        .contains(
            "\"value\":623.45,\"n\":2",
            "\"part\":\"1\",\"value\":123.45,\"n\":1",
            "\"part\":\"2\",\"value\":500,\"n\":1");
    assertThat(told("accounts.count")).contains("\"value\":3,");
    // 90 days after 31 March is 29 June.
    assertThat(told("accounts.renewing")).contains("\"value\":1,");
    assertThat(told("accounts.renewing_mrr")).contains("\"value\":123.45,");
    assertThat(
            Cli.expect(2, "metric", "accounts.mrr", "--by", "channel", "--workspace", workspace)
                .err())
        .contains("break it down by band or account.…");
  }

  private static void group(StringBuilder calls, String account, String day, String traits) {
    calls.append(
        "{\"type\":\"group\",\"messageId\":\"%1$s%2$s\",\"userId\":\"u%1$s\",\"groupId\":\"%1$s\",\"timestamp\":\"%2$sT12:00:00Z\",\"traits\":%3$s}\n"
            .formatted(account, day, traits));
  }
}
