package io.pulso.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCommandsTest {
  private static final String TEAM =
      """
      name: team
      subject: account
      activities:
        - {name: sessions, match: event == "Session Ended", points: 1, per: seat}
        - {name: big, match: account.seats > 3 && event == "Session Ended", points: 10}
      tests:
        - name: divided by seats
          as_of: 2026-03-31
          events:
            - {type: group, userId: ann, time: 2026-03-01T08:00:00Z, traits: {seats: 4}}
            - {event: Session Ended, userId: ann, time: 2026-03-31T10:00:00Z}
            - {event: Session Ended, userId: bob, time: 2026-03-31T10:00:00Z}
          score: 20.5
        - name: seats as traits
          as_of: 2026-03-31
          traits: {seats: 2}
          events:
            - {event: Session Ended, time: 2026-03-31T10:00:00Z, times: 3}
          score: 1.5
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void check_warns_of_names_that_no_event_has_and_tells_the_nearest() {
    Shop shop = Shop.open(folder);
    Path file =
        Cli.write(folder.resolve("m.yaml"), Shop.MODEL.replace("Unsubscribed", "Unsubscribd"));
    Cli ran = shop.run(0, "model", "check", file);
    assertThat(ran.err())
        .contains(
            file
                + ":10: activity 'left': no event is called 'Unsubscribd'; did you mean 'Unsubscribed'?");
    assertThat(ran.out()).contains("the model 'shop' is right");
    assertThat(shop.run(0, "model", "check", file, "--json").out())
        .contains("\"faults\":[]")
        .contains("did you mean 'Unsubscribed'?");
  }

  @Test
  void check_tells_every_fault_with_its_line_and_has_status_2() {
    Shop shop = Shop.open(folder);
    Path file =
        Cli.write(
            folder.resolve("m.yaml"),
            Shop.MODEL.replace("points: 0.5", "pionts: 0.5").replace("window: 20d", "window: 0d"));
    Cli ran = shop.run(2, "model", "check", file);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains(file + ":9: ")
        .contains("did you mean 'points'?")
        .contains(file + ":10: ")
        .contains(": 3 faults");
  }

  @Test
  void tests_pass_or_fail_with_what_came_out() {
    Path good = Cli.write(folder.resolve("good.yaml"), Shop.MODEL);
    assertThat(Cli.expect(0, "model", "test", good).out())
        .contains("ok    two invites")
        .contains("all 1 pass");
    Path bad =
        Cli.write(folder.resolve("bad.yaml"), Shop.MODEL.replace("score: 21", "score: 21.001"));
    assertThat(Cli.expect(1, "model", "test", good, bad).out())
        .contains("FAIL  two invites")
        .contains(bad + ":12: expected 21.001, very_disengaged")
        .contains("but got  21, very_disengaged")
        .contains("1 of 1 fail");
    assertThat(Cli.expect(1, "model", "test", bad, "--json").out())
        .contains("\"passed\":false,\"expected_score\":21.001,")
        .contains("\"score\":21,\"band\":\"very_disengaged\",\"fault\":null");
  }

  @Test
  void tests_of_accounts_have_people_seats_and_an_account() {
    Path team = Cli.write(folder.resolve("team.yaml"), TEAM);
    assertThat(Cli.expect(0, "model", "test", team).out()).contains("all 2 pass");
  }

  @Test
  void a_test_that_the_model_does_not_apply_to_fails_and_says_so() {
    Path file =
        Cli.write(
            folder.resolve("pro.yaml"), "applies_to: 'traits.plan == \"pro\"'\n" + Shop.MODEL);
    assertThat(Cli.expect(1, "model", "test", file).out())
        .contains("no score: applies_to is false");
  }

  @Test
  void whatif_counts_add_up() {
    Shop shop = Shop.open(folder);
    Path file =
        Cli.write(folder.resolve("draft.yaml"), Shop.MODEL.replace("points: 10", "points: 30"));
    assertThat(shop.run(0, "model", "whatif", file, "--as-of", "2026-03-18", "--json").out())
        .contains("\"subjects\":3,\"changed\":1,")
        .contains(
            "\"moves\":[{\"from\":\"churn_risk\",\"to\":\"churn_risk\",\"subjects\":1},{\"from\":\"very_disengaged\",\"to\":\"very_disengaged\",\"subjects\":2}]")
        .contains("\"up\":[{\"subject\":\"cleo\",\"before\":11,\"after\":26}],\"down\":[]");
    assertThat(shop.run(0, "model", "whatif", file, "--as-of", "2026-03-18").out())
        .contains("1 of 3 scores change")
        .contains("cleo      11     26     +15");
    Path other =
        Cli.write(folder.resolve("other.yaml"), Shop.MODEL.replace("name: shop", "name: other"));
    assertThat(shop.run(2, "model", "whatif", other).err()).contains("--against");
    assertThat(
            shop.run(
                    0,
                    "model",
                    "whatif",
                    other,
                    "--against",
                    "shop",
                    "--as-of",
                    "2026-03-18",
                    "--json")
                .out())
        .contains("\"changed\":0");
  }

  @Test
  void publishing_makes_versions_that_are_listed_and_compared() {
    Shop shop = Shop.open(folder);
    assertThat(shop.run(2, "model", "diff", shop.model).err()).contains("not published yet");
    assertThat(shop.run(0, "model", "list").out()).contains("not published");
    assertThat(shop.run(0, "model", "publish", shop.model, "--note", "first one").out())
        .contains("published shop, version 1");
    assertThat(shop.run(0, "model", "publish", shop.model).out()).contains("version 1 already");
    Cli.write(shop.model, Shop.MODEL.replace("points: 0.5", "points: 2"));
    assertThat(shop.run(0, "model", "diff", shop.model).out())
        .contains("~  activity viewed  points  0.5 → 2")
        .contains("no event has to be read again");
    assertThat(shop.run(0, "model", "list").out()).contains("file differs");
    shop.run(0, "model", "publish", shop.model);
    assertThat(shop.run(0, "model", "versions", "shop").out())
        .contains("shop         1  ")
        .contains("first one")
        .contains("shop         2  ");
    assertThat(shop.run(0, "model", "diff", shop.model, "--json").out()).contains("\"changes\":[]");
    assertThat(shop.run(0, "model", "diff", shop.model, "--model-version", "1", "--json").out())
        .contains("\"field\":\"points\",\"from\":\"0.5\",\"to\":\"2\",\"rereads\":false");
    assertThat(shop.run(2, "model", "versions", "shap").err()).contains("did you mean 'shop'?");
    assertThat(shop.run(2, "model", "diff", shop.model, "--model-version", "9").err())
        .contains("has no version 9");
  }

  @Test
  void the_word_model_alone_says_what_there_is() {
    assertThat(Cli.expect(2, "model").err()).contains("whatif");
  }
}
