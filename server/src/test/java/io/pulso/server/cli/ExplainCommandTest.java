package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
  @TempDir private Path folder = Path.of("");
  private Shop shop = new Shop(folder);

  @BeforeEach
  void open() {
    shop = Shop.open(folder);
  }

  @Test
  void one_day_in_exact_json() {
    assertThat(shop.run(0, "explain", "ann", "--to", "2026-03-18", "--json").out())
        .isEqualTo(
            """
            {"subject":"ann","model":"shop","version":"draft","from":null,"to":"2026-03-18","score_from":null,"score_to":26.5,"band_from":null,"band_to":"very_disengaged","lines":[\
            {"cause":"activity","activity":"invited","points":30,"units_seen":4,"units_counted":3,"uncounted_day":1,"uncounted_window":0,"points_per_unit":10,"factor":1,"events":["m5","m3","m2","m1"],"events_total":4},\
            {"cause":"activity","activity":"viewed","points":0.5,"units_seen":1,"units_counted":1,"uncounted_day":0,"uncounted_window":0,"points_per_unit":0.5,"factor":1,"events":["m4"],"events_total":1},\
            {"cause":"group_cap","activity":null,"points":-5,"group":"social"},\
            {"cause":"base","activity":null,"points":1}]}
            """);
  }

  @Test
  void two_days_in_exact_json() {
    assertThat(
            shop.run(0, "explain", "ann", "--from", "2026-03-14", "--to", "2026-03-20", "--json")
                .out())
        .isEqualTo(
            """
            {"subject":"ann","model":"shop","version":"draft","from":"2026-03-14","to":"2026-03-20","score_from":21,"score_to":11.5,"band_from":"very_disengaged","band_to":"very_disengaged","lines":[\
            {"cause":"expired","activity":"invited","points":-20},\
            {"cause":"new_activity","activity":"invited","points":10,"units_seen":1,"units_counted":1,"uncounted_day":0,"uncounted_window":0,"events":["m5"],"events_total":1},\
            {"cause":"new_activity","activity":"viewed","points":0.5,"units_seen":1,"units_counted":1,"uncounted_day":0,"uncounted_window":0,"events":["m4"],"events_total":1}]}
            """);
  }

  @Test
  void a_late_event_is_a_correction_of_a_score_seen_before_it_came() throws JsonFault {
    shop.track(
        "ann", "Unsubscribed", "2026-03-13T08:00:00Z", ",\"receivedAt\":\"2026-03-17T00:00:00Z\"");
    shop.load();
    Cli ran =
        shop.run(
            0,
            "explain",
            "ann",
            "--from",
            "2026-03-14",
            "--from-known-at",
            "2026-03-15T00:00:00+01:00",
            "--to",
            "2026-03-15",
            "--json");
    assertThat(ran.out())
        .contains("\"score_from\":21,\"score_to\":-3.5")
        .contains(
            "{\"cause\":\"corrections\",\"activity\":\"left\",\"points\":-25,\"units_seen\":1,\"units_counted\":1,\"uncounted_day\":0,\"uncounted_window\":0,\"events\":[\"m8\"],\"events_total\":1}");
    assertThat(sum(ran.out())).isEqualTo(-24.5);
    assertThat(
            shop.run(
                    0,
                    "explain",
                    "ann",
                    "--to",
                    "2026-03-15",
                    "--known-at",
                    "2026-03-16T00:00:00Z",
                    "--json")
                .out())
        .contains("\"score_to\":21.5");
  }

  @Test
  void a_new_version_of_the_model_is_a_line_of_its_own() throws JsonFault {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    shop.page("ann", today.minusDays(4) + "T10:00:00Z");
    shop.load();
    shop.run(0, "model", "publish", shop.model, "--note", "first");
    Cli.write(
        shop.model, Shop.MODEL.replace("points: 0.5", "points: 2").replace("base: 1", "base: 3"));
    shop.run(0, "model", "publish", shop.model);
    Cli ran =
        shop.run(
            0, "explain", "ann", "--from", today.minusDays(3), "--to", today.plusDays(2), "--json");
    assertThat(ran.out())
        .contains("\"version\":\"2\"")
        .contains("\"score_from\":1.5,\"score_to\":5")
        .contains("{\"cause\":\"model\",\"activity\":\"viewed\",\"points\":1.5}")
        .contains("{\"cause\":\"model\",\"activity\":null,\"points\":2}")
        .contains("\"version_from\":\"1\"");
    assertThat(sum(ran.out())).isEqualTo(3.5);
    assertThat(
            shop.run(
                    0,
                    "explain",
                    "ann",
                    "--from",
                    today.minusDays(3),
                    "--to",
                    today.plusDays(2),
                    "--model-version",
                    "2",
                    "--json")
                .out())
        .contains("\"score_from\":5,\"score_to\":5")
        .contains("\"lines\":[]");
  }

  @Test
  void before_its_first_event_a_subject_scores_the_base() {
    assertThat(shop.run(0, "explain", "ann", "--to", "2026-01-01", "--json").out())
        .contains("\"score_to\":1,")
        .contains("\"lines\":[{\"cause\":\"base\",\"activity\":null,\"points\":1}]");
  }

  @Test
  void an_id_that_was_linked_stands_for_its_subject() {
    assertThat(shop.run(0, "explain", "browser-1", "--to", "2026-03-16", "--json").out())
        .startsWith("{\"subject\":\"cleo\"");
  }

  @Test
  void the_table_says_what_counted_and_adds_up() {
    assertThat(shop.run(0, "explain", "ann", "--to", "2026-03-18").out())
        .startsWith("ann  under shop, draft\n")
        .contains("3  of 4 (1 over the day's cap)")
        .contains("-5    the cap of the group social")
        .contains("26.5  score on 2026-03-18: Very disengaged")
        .doesNotContain("decay")
        .doesNotContain("\u001b");
  }

  @Test
  void an_unknown_id_is_told_with_the_nearest_ones() {
    Cli ran = shop.run(2, "explain", "anne", "--to", "2026-03-18");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).isEqualTo("pulso: there is no customer 'anne'; did you mean 'ann'?\n");
  }

  @Test
  void hostile_ids_are_only_unknown() {
    for (String id :
        new String[] {
          "'; DROP TABLE event; --",
          "\" OR 1=1",
          "%",
          "",
          "a\nb\u001b[31m",
          "\uD800",
          "x".repeat(5000),
          "名前",
          "$1",
          "../ann"
        }) {
      Cli ran =
          Cli.expect(2, "explain", "--to", "2026-03-18", "--workspace", shop.workspace, "--", id);
      assertThat(ran.err())
          .startsWith("pulso: there is no customer '")
          .doesNotContain("\u001b")
          .hasLineCount(1);
    }
    assertThat(shop.run(0, "explain", "ann", "--to", "2026-03-18", "--json").out())
        .contains("26.5");
  }

  @Test
  void a_model_that_does_not_apply_is_said() {
    Cli.write(shop.model, "applies_to: 'traits.plan == \"pro\"'\n" + Shop.MODEL);
    assertThat(shop.run(2, "explain", "ann", "--to", "2026-03-18").err())
        .contains("does not score ann on 2026-03-18")
        .contains("traits.plan == \"pro\"");
  }

  @Test
  void wrong_days_and_instants_have_status_2_and_the_remedy() {
    wrong("write it as YYYY-MM-DD", "--to", "2026-3-1");
    wrong("write it as YYYY-MM-DD", "--to", "2026-02-30");
    wrong("write it as YYYY-MM-DD", "--from", "yesterday");
    wrong("exchange them", "--from", "2026-03-02", "--to", "2026-03-01");
    wrong("with its offset", "--to", "2026-03-01", "--known-at", "2026-03-01T10:00:00");
    wrong("needs --from", "--to", "2026-03-01", "--from-known-at", "2026-03-01T10:00:00Z");
    wrong("no model 'shap'; did you mean 'shop'?", "--to", "2026-03-01", "--model", "shap");
    wrong("has not been published", "--to", "2026-03-01", "--model-version", "3");
  }

  private void wrong(String remedy, String... options) {
    Object[] args = new Object[options.length + 2];
    args[0] = "explain";
    args[1] = "ann";
    System.arraycopy(options, 0, args, 2, options.length);
    Cli ran = shop.run(2, args);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("pulso: ").contains(remedy).doesNotContain("\tat ");
  }

  private static double sum(String json) throws JsonFault {
    Json.Obj answer = (Json.Obj) JsonText.read(json);
    double sum = 0;
    if (answer.get("lines") instanceof Json.Arr lines) {
      for (Json line : lines.items()) {
        sum += line instanceof Json.Obj o && o.get("points") instanceof Json.Num n ? n.value() : 0;
      }
    }
    return sum;
  }
}
