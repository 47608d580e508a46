package io.pulso.testkit;

import static io.pulso.testkit.Samples.identify;
import static io.pulso.testkit.Samples.model;
import static io.pulso.testkit.Samples.page;
import static io.pulso.testkit.Samples.track;
import static io.pulso.testkit.Samples.world;

import org.junit.jupiter.api.Test;

/// The worked examples of scoring.md section 9.
abstract class ExampleRules extends Rules {
  ExampleRules(Engine engine) {
    super(engine);
  }

  private static ModelDraft example() {
    return model("example")
        .window(30)
        .activity("invited_teammate", "event == \"Invite Sent\"", a -> a.points(10).perDay(3))
        .activity("page_viewed", "type == \"page\"", 0.5)
        .activity("unsubscribed", "event == \"Unsubscribed\"", -25);
  }

  private static Draft invites(String who, String day, int times) {
    return track(who, "Invite Sent", day + "T12:00:00Z").times(times);
  }

  @Test
  void five_invites_of_a_day_count_as_three() {
    World ann =
        world(
            invites("ann", "2026-03-10", 5), page("ann", "Home", "2026-03-11T09:00:00Z").times(7));
    check(ann, Asked.of(example().build(), "2026-03-31"), "ann 33.500 very_disengaged");
  }

  @Test
  void a_day_of_age_29_is_in_a_window_of_30_days_and_one_of_age_30_is_out() {
    World bob =
        world(
            invites("bob", "2026-03-01", 2),
            invites("bob", "2026-03-02", 2),
            invites("bob", "2026-03-31", 2),
            track("bob", "Unsubscribed", "2026-03-05T08:00:00Z"));
    check(bob, Asked.of(example().build(), "2026-03-31"), "bob 15.000 very_disengaged");
  }

  @Test
  void a_negative_score_is_churn_risk() {
    World eve = world(track("eve", "Unsubscribed", "2026-03-02T08:00:00Z"));
    check(eve, Asked.of(example().build(), "2026-03-31"), "eve -25.000 churn_risk");
  }

  @Test
  void who_only_identified_scores_nothing_and_is_inactive() {
    World dan = world(identify("dan", "2026-03-10T08:00:00Z"));
    check(dan, Asked.of(example().build(), "2026-03-31"), "dan 0.000 very_disengaged inactive");
  }

  @Test
  void four_days_at_the_cap_make_a_power_user() {
    World fay =
        world(
            invites("fay", "2026-03-10", 3),
            invites("fay", "2026-03-12", 3),
            invites("fay", "2026-03-14", 3),
            invites("fay", "2026-03-16", 3));
    check(fay, Asked.of(example().build(), "2026-03-31"), "fay 120.000 power_user");
  }

  @Test
  void a_half_life_of_14_days_leaves_5_of_10_points_after_14_days_and_7_071_after_7() {
    World world = world(invites("ann", "2026-03-17", 1), invites("bob", "2026-03-24", 1));
    check(
        world,
        Asked.of(example().halfLife(14).build(), "2026-03-31"),
        "ann 5.000 very_disengaged",
        "bob 7.071 very_disengaged");
  }

  @Test
  void a_weighted_score_of_75_is_somewhat_engaged() {
    ModelDraft weighted =
        model("renewals")
            .weighted()
            .window(30)
            .activity("renewals", "event == \"Contract Renewed\"", a -> a.weight(60, 1))
            .activity("email_opens", "event == \"Email Opened\"", a -> a.weight(40, 8));
    World world =
        world(
            track("ann", "Contract Renewed", "2026-03-20T12:00:00Z"),
            track("ann", "Email Opened", "2026-03-21T12:00:00Z").times(3),
            track("bob", "Contract Renewed", "2026-03-20T12:00:00Z").times(2),
            track("bob", "Email Opened", "2026-03-21T12:00:00Z").times(4));
    check(
        world,
        Asked.of(weighted.build(), "2026-03-31"),
        "ann 75.000 somewhat_engaged",
        "bob 80.000 highly_engaged");
  }
}
