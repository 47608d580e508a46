package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pulso.server.ingest.SharedData;
import io.pulso.server.reference.Published;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Social media, mailings and surveys of public data, with the figures that are known of them.
@Tag("reference")
class ChannelReferenceTest {
  @TempDir private Path folder;
  private Path workspace = Path.of("");

  private void make(String name) {
    workspace = folder.resolve(name);
    Cli.expect(0, "init", workspace, "--time-zone", "UTC");
  }

  private void load(Path file, Object... words) {
    List<Object> all = new ArrayList<>(List.of("import", file, "--workspace", workspace));
    all.addAll(List.of(words));
    Cli.expect(0, all.toArray());
  }

  private String json(String id, String... more) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "metric",
                id,
                "--from",
                "2014-01-01",
                "--to",
                "2014-12-31",
                "--json",
                "--workspace",
                workspace));
    all.addAll(List.of(more));
    return Cli.expect(0, all.toArray()).out();
  }

  private double metric(String id) {
    return number(json(id), "\"value\":");
  }

  private void assertInterval(String id, double low, double high) {
    Matcher found = Pattern.compile("\"interval\":\\[([^,]*),([^]]*)\\]").matcher(json(id));
    assertThat(found.find()).isTrue();
    assertThat(Double.parseDouble(found.group(1))).isCloseTo(low, within(0.03));
    assertThat(Double.parseDouble(found.group(2))).isCloseTo(high, within(0.03));
  }

  private double part(String id, String by, String part) {
    return number(json(id, "--by", by), "\"part\":\"" + part + "\",\"value\":");
  }

  private static double number(String json, String before) {
    Matcher found = Pattern.compile(Pattern.quote(before) + "(-?[0-9.eE]+)").matcher(json);
    assertThat(found.find()).as(json).isTrue();
    return Double.parseDouble(found.group(1));
  }

  @Test
  void daily_totals_of_posts_give_the_engagement_rates_of_the_page() throws IOException {
    List<String> lines = Files.readAllLines(SharedData.path("facebook_posts/dataset_Facebook.csv"));
    StringBuilder daily =
        new StringBuilder("date,post,social.reach,social.comments,social.likes,social.shares\n");
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(";", -1);
      daily.append(
          "2014-%02d-15,p%d,%s,%s,%s,%s\n"
              .formatted(Integer.parseInt(cells[3]), i, cells[7], cells[15], cells[16], cells[17]));
    }
    Path file = folder.resolve("posts.csv");
    Files.writeString(file, daily);
    make("facebook");
    load(file, "--as", "metrics-daily");
    published("facebook_posts", "engagement rate by reach, pooled, %", "1.52567")
        .is(metric("social.engagement_rate"));
    published("facebook_posts", "engagement rate by reach, mean of posts, %", "2.40705")
        .is(metric("social.engagement_rate_of_posts"));
    // Another program, drawing 500 posts 2,000 times, has 1.32 to 1.76 and 2.26 to 2.55.
    assertInterval("social.engagement_rate", 1.32, 1.76);
    assertInterval("social.engagement_rate_of_posts", 2.26, 2.55);
    published("facebook_posts", "likes, comments and shares", "106060")
        .is(metric("social.likes") + metric("social.comments") + metric("social.shares"));
  }

  @Test
  void a_mailing_has_the_rates_of_its_groups() throws IOException {
    List<String> lines = Files.readAllLines(SharedData.path("hillstrom_email/hillstrom.csv"));
    StringBuilder events =
        new StringBuilder("customer,type,event,name,time,campaign,order_id,value\n");
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      // One of the columns before holds commas.
      int end = cells.length;
      String group = cells[end - 4];
      String sent = group.equals("No E-Mail") ? "Email Held Back" : "Email Delivered";
      events.append("c%d,track,%s,,2014-03-01T08:00:00Z,%s,,\n".formatted(i, sent, group));
      if (cells[end - 2].equals("1")) {
        events.append("c%d,page,,Shop,2014-03-05T08:00:00Z,,,\n".formatted(i));
      }
      if (cells[end - 3].equals("1")) {
        events.append(
            "c%d,track,Order Completed,,2014-03-05T09:00:00Z,,o%d,%s\n"
                .formatted(i, i, cells[end - 1]));
      }
    }
    Path file = folder.resolve("mailing.csv");
    Files.writeString(file, events);
    make("hillstrom");
    Files.writeString(
        Files.createDirectories(workspace.resolve("metrics")).resolve("own.yaml"),
        """
        metrics:
          - {id: control.visits, kind: percent, is: {followed: {match: 'event == "Email Held Back"', then: 'type == "page"', days: 14}}}
          - {id: control.orders, kind: percent, is: {followed: {match: 'event == "Email Held Back"', then: 'event == "Order Completed"', days: 14}}}
        """);
    load(file);
    String visits = "visits, %s, %%";
    String orders = "conversions, %s, %%";
    published("hillstrom_email", visits.formatted("mens"), "18.2757")
        .is(part("email.visit_rate", "campaign", "Mens E-Mail"));
    published("hillstrom_email", visits.formatted("womens"), "15.1400")
        .is(part("email.visit_rate", "campaign", "Womens E-Mail"));
    published("hillstrom_email", visits.formatted("none"), "10.6167").is(metric("control.visits"));
    published("hillstrom_email", orders.formatted("mens"), "1.2531")
        .is(part("email.conversion_rate", "campaign", "Mens E-Mail"));
    published("hillstrom_email", orders.formatted("womens"), "0.8837")
        .is(part("email.conversion_rate", "campaign", "Womens E-Mail"));
    published("hillstrom_email", orders.formatted("none"), "0.5726").is(metric("control.orders"));
  }

  @Test
  void surveys_have_the_scores_of_their_answers() {
    make("surveys");
    load(
        SharedData.path("survey_csat/customerSat.csv"),
        "--map",
        "customer=string(line)",
        "--map",
        "event=\"Survey Answered\"",
        "--map",
        "time=date(\"2014-05-01\")",
        "--map",
        "properties.kind=\"nps\"",
        "--map",
        "properties.score=double(row.q1)");
    published("survey_csat", "promoters less detractors of q1, %", "-35.67").is(metric("nps"));
    load(
        SharedData.path("survey_csat/InstEval.csv"),
        "--map",
        "customer=s",
        "--map",
        "event=\"Survey Answered\"",
        "--map",
        "time=date(\"2014-05-01\")",
        "--map",
        "properties.kind=\"csat\"",
        "--map",
        "properties.score=double(row.y)");
    published("survey_csat", "lectures rated 4 or 5, %", "44.50").is(metric("csat"));
  }

  private static Published published(String data, String figure, String value) {
    return new Published(data, figure, value, "reference.json of the data set");
  }
}
