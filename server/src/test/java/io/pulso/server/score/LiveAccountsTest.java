package io.pulso.server.score;

import static io.pulso.testkit.Samples.group;
import static io.pulso.testkit.Samples.identify;
import static io.pulso.testkit.Samples.model;
import static io.pulso.testkit.Samples.track;
import static io.pulso.testkit.Samples.world;
import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Kernel;
import io.pulso.server.store.LiveLoad;
import io.pulso.server.store.Store;
import io.pulso.testkit.ActivityDraft;
import io.pulso.testkit.Draft;
import io.pulso.testkit.World;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scores of accounts in memory, batch by batch; after each one everything is what the store gives.
class LiveAccountsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 31);
  private static final Instant NOON = Instant.parse("2026-03-31T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  @TempDir private Path folder;

  private static Model logins(UnaryOperator<ActivityDraft> more) {
    return model("m")
        .ofAccounts()
        .activity("login", "event == \"Login\"", each -> more.apply(each.points(1)))
        .build();
  }

  private static Draft login(String who, String at) {
    return track(who, "Login", at).id(who + at);
  }

  /// What the last batch moved, sorted: who, before and after.
  private List<String> last(Model model, Draft[]... batches) {
    World all = world(batches[0]);
    try (Store store = WorldStore.open(folder, all)) {
      LiveScoresCheck check = new LiveScoresCheck(store, model, DAY);
      LiveLoad live = store.live(CLOCK, () -> List.of(model), check::apply);
      long position = 0;
      for (Draft[] batch : batches) {
        List<LiveLoad.Part> parts = new ArrayList<>();
        world(batch)
            .records()
            .forEach(event ->
                parts.add(
                    new LiveLoad.Part(
                        event.source(),
                        event.trusted(),
                        event.receivedAt(),
                        List.of(WorldStore.incoming(event, 1)),
                        List.of())));
        live.load(parts, ++position);
      }
      return check.moves().stream()
          .map(move -> "%s %s -> %s".formatted(move.id(), text(move.before()), text(move.after())))
          .sorted()
          .toList();
    }
  }

  private static String text(long score) {
    return score == Kernel.NONE ? "none" : String.valueOf(score);
  }

  private static Draft[] batch(Draft... records) {
    return records;
  }

  @Test
  void a_group_call_that_comes_late_moves_what_was_done_since() {
    assertThat(
            last(
                logins(each -> each),
                batch(
                    group("ann", "acme", "2026-03-01T10:00:00Z").id("g1"),
                    login("ann", "2026-03-10T10:00:00Z"),
                    login("ann", "2026-03-20T10:00:00Z")),
                batch(group("ann", "other", "2026-03-15T10:00:00Z").id("g2"))))
        .containsExactly("acme 2000 -> 1000", "other none -> 1000");
  }

  @Test
  void two_ids_that_turn_out_to_be_one_person_are_cut_together() {
    assertThat(
            last(
                logins(each -> each.perPerson(3)),
                batch(
                    group("ann", "acme", "2026-03-01T10:00:00Z").id("g1"),
                    track(null, "Login", "2026-03-10T10:00:00Z")
                        .anonymous("a1")
                        .group("acme")
                        .times(2),
                    track("ann", "Login", "2026-03-10T11:00:00Z").times(2)),
                batch(identify("ann", "2026-03-20T10:00:00Z").anonymous("a1").id("i"))))
        .containsExactly("acme 4000 -> 3000");
  }

  @Test
  void seats_that_come_late_divide_the_days_since() {
    assertThat(
            last(
                logins(each -> each.per(Activity.Per.SEAT)),
                batch(
                    group("ann", "acme", "2026-03-01T10:00:00Z").trait("seats", 2).id("g1"),
                    login("ann", "2026-03-10T10:00:00Z"),
                    login("ann", "2026-03-20T10:00:00Z")),
                batch(group("bob", "acme", "2026-03-15T10:00:00Z").trait("seats", 4).id("g2"))))
        .containsExactly("acme 1000 -> 750");
  }

  @Test
  void one_more_active_person_divides_the_day_of_all() {
    assertThat(
            last(
                logins(each -> each.per(Activity.Per.ACTIVE_PERSON)),
                batch(
                    track("ann", "Login", "2026-03-10T10:00:00Z").group("acme").times(3),
                    track("ann", "Login", "2026-03-11T10:00:00Z").group("acme").times(2)),
                batch(track("bob", "Looked", "2026-03-10T12:00:00Z").group("acme").id("l"))))
        .containsExactly("acme 5000 -> 3500");
  }

  @Test
  void a_day_of_a_billion_units_is_no_longer_told_from_memory() {
    Model model =
        model("m")
            .ofAccounts()
            .activity("paid", "event == \"Paid\"", each -> each.points(0.001).number("value"))
            .build();
    assertThat(
            last(
                model,
                batch(
                    group("ann", "acme", "2026-03-01T10:00:00Z").id("g1"),
                    track("ann", "Paid", "2026-03-10T10:00:00Z").with("value", 6e8).id("p1")),
                batch(track("ann", "Paid", "2026-03-10T14:00:00Z").with("value", 6e8).id("p2")),
                batch(group("ann", "other", "2026-03-10T12:00:00Z").id("g2"))))
        .containsExactly("acme 1000000000 -> 600000000", "other none -> 600000000");
  }

  @Test
  void fit_and_whom_a_model_applies_to_follow_the_accounts_traits() {
    Model model =
        model("m")
            .ofAccounts()
            .fit()
            .appliesTo("!(account.tier == 3)")
            .activity("large", "account.seats >= 10", 5)
            .build();
    Draft[] before = {
      group("ann", "acme", "2026-03-01T10:00:00Z").trait("seats", 10).id("g1"),
      group("bob", "other", "2026-03-01T10:00:00Z").id("g2")
    };
    assertThat(
            last(
                model,
                before,
                batch(
                    group("ann", "acme", "2026-03-05T10:00:00Z").trait("seats", 9).id("g3"),
                    group("eve", "third", "2026-03-05T10:00:00Z").id("g4"),
                    group("bob", "other", "2026-03-05T10:00:00Z").trait("tier", 3).id("g5"))))
        .containsExactly("acme 5000 -> 0", "other 0 -> none", "third none -> 0");
  }

  @Test
  void a_customers_score_follows_what_others_say_of_the_account() {
    Model model =
        model("m")
            .appliesTo("!(account.tier == 3)")
            .activity("login", "event == \"Login\" && account.size == \"large\"", 1)
            .build();
    Draft[] before = {
      group("ann", "acme", "2026-03-01T10:00:00Z").id("g1"), login("ann", "2026-03-10T10:00:00Z")
    };
    assertThat(
            last(
                model,
                before,
                batch(
                    group("bob", "acme", "2026-03-02T10:00:00Z").trait("size", "large").id("g2"))))
        .containsExactly("ann 0 -> 1000");
  }

  @Test
  void a_customer_of_an_account_that_is_left_out_has_no_score() {
    Model model =
        model("m")
            .appliesTo("!(account.tier == 3)")
            .activity("login", "event == \"Login\"", 1)
            .build();
    Draft[] before = {
      group("ann", "acme", "2026-03-01T10:00:00Z").id("g1"), login("ann", "2026-03-10T10:00:00Z")
    };
    assertThat(
            last(
                model,
                before,
                batch(group("bob", "acme", "2026-03-20T10:00:00Z").trait("tier", 3).id("g2"))))
        .containsExactly("ann 1000 -> none");
  }

  @Test
  void days_before_the_window_and_after_today_are_left_out() {
    assertThat(
            last(
                logins(each -> each.window(5)),
                batch(track("ann", "Login", "2026-03-27T10:00:00Z").group("acme").id("1")),
                batch(
                    track("ann", "Login", "2026-03-26T10:00:00Z").group("acme").id("2"),
                    track("ann", "Login", "2026-04-01T10:00:00Z").group("acme").id("3"),
                    track("ann", "Looked", "2037-06-15T10:00:00Z").group("acme").id("4"))))
        .isEmpty();
  }

  @Test
  void a_new_model_of_accounts_is_scored_when_it_comes_into_use() {
    Model old = logins(each -> each);
    Model next =
        model("n")
            .ofAccounts()
            .activity("used", "event == \"Used\"", each -> each.points(2))
            .build();
    World one = world(track("ann", "Used", "2026-03-30T10:00:00Z").group("acme"));
    List<InUse> used = new ArrayList<>(List.of(new InUse(old, "1")));
    try (Store store = WorldStore.open(folder, one)) {
      LiveScores scores = new LiveScores(store, CLOCK, () -> List.copyOf(used));
      try (WorldStore live = WorldStore.live(store, one, List.of(old), 1, scores::apply)) {
        scores.renew();
        InUse wanted = new InUse(next, "1");
        assertThat(scores.score(wanted, 0, day(NOON))).isNull();
        used.add(wanted);
        scores.renew();
        assertThat(scores.score(wanted, 0, day(NOON))).isEqualTo(2000);
        assertThat(scores.score(new InUse(next, "2"), 0, day(NOON))).isNull();
        assertThat(scores.score(wanted, 0, day(NOON.minus(Duration.ofDays(1))))).isNull();
        assertThat(scores.score(wanted, 999, day(NOON))).isEqualTo(Kernel.NONE);
        assertThat(scores.everybody(live.store().now(), wanted, day(NOON), 2))
            .containsExactly(2000, Kernel.NONE);
      }
    }
  }

  private static LiveLoad.Part[] parts(Draft... records) {
    return world(records).records().stream()
        .map(event ->
            new LiveLoad.Part(
                event.source(),
                event.trusted(),
                event.receivedAt(),
                List.of(WorldStore.incoming(event, 1)),
                List.of()))
        .toArray(LiveLoad.Part[]::new);
  }

  @Test
  void who_objects_has_no_part_in_the_score_of_the_account_until_that_is_taken_back() {
    Model model = logins(each -> each);
    InUse use = new InUse(model, InUse.DRAFT);
    Draft[] first =
        batch(
            group("ann", "acme", "2026-03-01T10:00:00Z").id("g1"),
            group("bob", "acme", "2026-03-01T10:00:00Z").id("g2"),
            login("ann", "2026-03-10T10:00:00Z"),
            login("ann", "2026-03-20T10:00:00Z"),
            login("bob", "2026-03-20T10:00:00Z"));
    try (Store store = WorldStore.open(folder, world(first))) {
      List<InUse> models = List.of(use);
      LiveScores scores = new LiveScores(store, CLOCK, () -> models);
      scores.renew();
      LiveLoad live = store.live(CLOCK, () -> List.of(model), scores::apply);
      live.load(List.of(parts(first)), 1);
      assertThat(scores.score(use, 0, day(NOON))).isEqualTo(3000);
      store.objections().object("ann", "an operator", "", 1);
      assertThat(scores.object(store.now())).isEmpty();
      assertThat(scores.score(use, 0, day(NOON))).as("to be asked of the store").isNull();
      live.load(
          List.of(
              parts(login("ann", "2026-03-21T10:00:00Z"), login("bob", "2026-03-21T10:00:00Z"))),
          2);
      assertThat(scores.score(use, 0, day(NOON))).isEqualTo(2000);
      live.load(
          List.of(
              parts(login("ann", "2026-03-22T10:00:00Z"), login("bob", "2026-03-22T10:00:00Z"))),
          3);
      assertThat(scores.score(use, 0, day(NOON))).isEqualTo(3000);
      store.objections().withdraw("ann", "an operator", 2);
      assertThat(scores.object(store.now())).isEmpty();
      scores.renew();
      assertThat(scores.score(use, 0, day(NOON))).isEqualTo(7000);
    }
  }

  private static int day(Instant of) {
    return Math.toIntExact(LocalDate.ofInstant(of, ZoneOffset.UTC).toEpochDay());
  }
}
