package io.pulso.testkit;

import static io.pulso.testkit.Samples.below;
import static io.pulso.testkit.Samples.last;
import static io.pulso.testkit.Samples.model;
import static io.pulso.testkit.Samples.to;
import static io.pulso.testkit.Samples.track;
import static io.pulso.testkit.Samples.world;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/// What units are worth.
abstract class PointRules extends Rules {
  private static final String LOGIN = "event == \"Login\"";

  PointRules(Engine engine) {
    super(engine);
  }

  private static Asked asked(ModelDraft draft) {
    return Asked.of(draft.build(), "2026-03-31");
  }

  private static Draft login(String who, String day) {
    return track(who, "Login", day + "T10:00:00Z");
  }

  private static Draft paid(String who, double value) {
    return track(who, "Paid", "2026-03-31T10:00:00Z").with("value", value);
  }

  @Test
  void an_empty_cap_cuts_nothing() {
    World world = world(login("ann", "2026-03-31").times(50));
    check(world, asked(model("m").activity("login", LOGIN, 1)), "ann 50.000 somewhat_engaged");
  }

  @Test
  void a_cap_of_nothing_leaves_nothing() {
    World world = world(login("ann", "2026-03-31").times(5));
    Asked day = asked(model("m").activity("login", LOGIN, a -> a.points(1).perDay(0)));
    check(world, day, "ann 0.000 very_disengaged");
    Asked window = asked(model("m").activity("login", LOGIN, a -> a.points(1).perWindow(0)));
    check(world, window, "ann 0.000 very_disengaged");
  }

  @Test
  void the_window_is_capped_after_the_days() {
    World world =
        world(
            login("ann", "2026-03-29").times(9),
            login("ann", "2026-03-30").times(2),
            login("ann", "2026-03-31").times(9));
    Asked asked =
        asked(model("m").activity("login", LOGIN, a -> a.points(1).perDay(3).perWindow(7)));
    check(world, asked, "ann 7.000 very_disengaged");
    Asked loose =
        asked(model("m").activity("login", LOGIN, a -> a.points(1).perDay(3).perWindow(9)));
    check(world, loose, "ann 8.000 very_disengaged");
  }

  @Test
  void caps_may_cut_a_part_of_a_unit() {
    World world = world(login("ann", "2026-03-31").times(2), login("ann", "2026-03-30"));
    Asked asked = asked(model("m").activity("login", LOGIN, a -> a.points(1).perDay(1.255)));
    check(world, asked, "ann 2.255 very_disengaged");
  }

  @Test
  void caps_cut_negative_points_too() {
    World world = world(login("ann", "2026-03-31").times(9));
    Asked asked = asked(model("m").activity("login", LOGIN, a -> a.points(-1).perDay(4)));
    check(world, asked, "ann -4.000 churn_risk");
  }

  @Test
  void half_lives_halve() {
    ModelDraft draft =
        model("m").window(60).activity("login", LOGIN, a -> a.points(1000).halfLife(14));
    World world =
        world(
            login("a", "2026-03-31"),
            login("b", "2026-03-30"),
            login("c", "2026-03-24"),
            login("d", "2026-03-17"),
            login("e", "2026-03-03"));
    check(
        world,
        asked(draft),
        "a 1000.000 power_user",
        "b 951.695 power_user",
        "c 707.107 power_user",
        "d 500.000 power_user",
        "e 250.000 power_user");
  }

  @Test
  void a_linear_decay_ends_at_nothing() {
    ModelDraft draft =
        model("m").window(60).activity("login", LOGIN, a -> a.points(1000).linear(30));
    World world =
        world(
            login("a", "2026-03-31"),
            login("b", "2026-03-30"),
            login("c", "2026-03-21"),
            login("d", "2026-03-02"),
            login("e", "2026-03-01"),
            login("f", "2026-02-20"));
    check(
        world,
        asked(draft),
        "a 1000.000 power_user",
        "b 966.667 power_user",
        "c 666.667 power_user",
        "d 33.333 very_disengaged",
        "e 0.000 very_disengaged",
        "f 0.000 very_disengaged");
  }

  @Test
  void an_activity_may_decay_otherwise_than_its_model() {
    ModelDraft draft =
        model("m")
            .halfLife(7)
            .activity("model", LOGIN, 1)
            .activity("none", LOGIN, a -> a.points(10).undecayed())
            .activity("linear", LOGIN, a -> a.points(100).linear(28));
    World world = world(login("ann", "2026-03-24"));
    check(world, asked(draft), "ann 85.500 highly_engaged");
  }

  @Test
  void a_day_is_cut_before_it_decays_and_the_window_after() {
    World world = world(login("ann", "2026-03-31"), login("ann", "2026-03-17").times(5));
    Asked days =
        asked(model("m").activity("login", LOGIN, a -> a.points(10).perDay(2).halfLife(14)));
    check(world, days, "ann 20.000 very_disengaged");
    Asked both =
        asked(
            model("m")
                .activity("login", LOGIN, a -> a.points(10).perDay(2).perWindow(1.5).halfLife(14)));
    check(world, both, "ann 15.000 very_disengaged");
  }

  @Test
  void half_a_milli_point_is_rounded_away_from_zero() {
    World world = world(login("ann", "2026-03-17"));
    Asked up = asked(model("m").activity("login", LOGIN, a -> a.points(0.001).halfLife(14)));
    check(world, up, "ann 0.001 very_disengaged");
    Asked down = asked(model("m").activity("login", LOGIN, a -> a.points(-0.001).halfLife(14)));
    check(world, down, "ann -0.001 churn_risk");
    Asked less = asked(model("m").activity("login", LOGIN, a -> a.points(0.001).halfLife(13)));
    check(world, less, "ann 0.000 very_disengaged");
  }

  @Test
  void an_activity_is_rounded_once_and_not_day_by_day() {
    World world =
        world(login("ann", "2026-03-17"), login("ann", "2026-03-31"), login("ann", "2026-03-30"));
    Asked asked = asked(model("m").activity("login", LOGIN, a -> a.points(0.001).linear(28)));
    check(world, asked, "ann 0.002 very_disengaged");
  }

  @Test
  void groups_are_kept_within_their_range() {
    ModelDraft draft =
        model("m")
            .group("good", null, 60.0)
            .group("bad", -20.0, null)
            .activity("login", LOGIN, a -> a.points(10).group("good"))
            .activity("paid", "event == \"Paid\"", a -> a.points(7).group("good"))
            .activity("left", "event == \"Left\"", a -> a.points(-15).group("bad"))
            .activity("free", LOGIN, 1);
    World world =
        world(
            login("ann", "2026-03-31").times(6),
            paid("ann", 1),
            track("bob", "Left", "2026-03-31T10:00:00Z").times(2),
            login("eve", "2026-03-31").times(5),
            paid("eve", 1));
    check(
        world,
        asked(draft),
        "ann 66.000 somewhat_engaged",
        "bob -20.000 churn_risk",
        "eve 62.000 somewhat_engaged");
  }

  @Test
  void a_group_with_a_least_sum_lifts_those_who_did_nothing() {
    ModelDraft draft =
        model("m")
            .group("good", 5.0, 60.0)
            .activity("login", LOGIN, a -> a.points(2).group("good"));
    World world = world(login("ann", "2026-03-31"), login("bob", "2026-01-01"));
    check(world, asked(draft), "ann 5.000 very_disengaged", "bob 5.000 very_disengaged inactive");
  }

  @Test
  void everybody_starts_from_the_base() {
    ModelDraft draft = model("m").base(40).activity("login", LOGIN, 0.001);
    World world = world(login("ann", "2026-03-31"), login("bob", "2026-01-01"));
    check(
        world, asked(draft), "ann 40.001 somewhat_engaged", "bob 40.000 very_disengaged inactive");
  }

  @Test
  void a_clamp_cuts_the_whole_score_last() {
    ModelDraft draft =
        model("m")
            .base(10)
            .clamp(-30.0, 50.0)
            .activity("login", LOGIN, 20)
            .activity("left", "event == \"Left\"", -100);
    World world =
        world(
            login("ann", "2026-03-31").times(4),
            login("bob", "2026-03-31").times(4),
            track("bob", "Left", "2026-03-31T10:00:00Z"),
            track("eve", "Left", "2026-03-31T10:00:00Z"));
    check(
        world,
        asked(draft),
        "ann 50.000 somewhat_engaged",
        "bob -10.000 churn_risk",
        "eve -30.000 churn_risk");
  }

  @Test
  void a_clamp_may_have_one_side() {
    ModelDraft draft = model("m").clamp(0.0, null).activity("paid", "true", a -> a.points(-1));
    check(world(paid("ann", 1)), asked(draft), "ann 0.000 very_disengaged");
    ModelDraft top = model("m").clamp(null, 3.0).activity("paid", "true", a -> a.points(5));
    check(world(paid("ann", 1)), asked(top), "ann 3.000 very_disengaged");
  }

  @Test
  void built_in_bands_include_their_upper_bound() {
    ModelDraft draft = model("m").activity("paid", "true", a -> a.points(1).number("value"));
    World world =
        world(
            paid("a", 40),
            paid("b", 40.001),
            paid("c", 70),
            paid("d", 70.001),
            paid("e", 100),
            paid("f", 100.001),
            paid("g", 0));
    check(
        world,
        asked(draft),
        "a 40.000 very_disengaged",
        "b 40.001 somewhat_engaged",
        "c 70.000 somewhat_engaged",
        "d 70.001 highly_engaged",
        "e 100.000 highly_engaged",
        "f 100.001 power_user",
        "g 0.000 very_disengaged");
  }

  @Test
  void a_band_below_its_bound_excludes_it() {
    ModelDraft draft =
        model("m")
            .bands(below("cold", 5), to("warm", 6), last("hot"))
            .activity("paid", "true", a -> a.points(1).number("value"));
    World world = world(paid("a", 4.999), paid("b", 5), paid("c", 6), paid("d", 6.001));
    check(world, asked(draft), "a 4.999 cold", "b 5.000 warm", "c 6.000 warm", "d 6.001 hot");
  }

  @Test
  void a_weight_is_earned_in_proportion_up_to_its_target() {
    ModelDraft draft =
        model("m")
            .weighted()
            .activity("login", LOGIN, a -> a.weight(33.333, 3))
            .activity("paid", "event == \"Paid\"", a -> a.weight(33.333, 0.5))
            .activity("left", "event == \"Left\"", a -> a.weight(33.334, 3).perDay(1));
    World world =
        world(
            login("ann", "2026-03-31"),
            login("bob", "2026-03-31").times(2),
            paid("bob", 1),
            login("eve", "2026-03-31").times(9),
            paid("eve", 1),
            track("eve", "Left", "2026-03-31T10:00:00Z").times(9));
    check(
        world,
        asked(draft),
        "ann 11.111 very_disengaged",
        "bob 55.555 somewhat_engaged",
        "eve 77.777 highly_engaged");
  }

  @Test
  void a_target_is_reached_in_decayed_units() {
    ModelDraft draft =
        model("m").weighted().halfLife(14).activity("login", LOGIN, a -> a.weight(100, 2));
    World world = world(login("ann", "2026-03-17").times(3), login("bob", "2026-03-17").times(4));
    check(world, asked(draft), "ann 75.000 somewhat_engaged", "bob 100.000 highly_engaged");
  }

  @Test
  void a_score_beyond_a_million_million_points_is_unavailable() {
    ModelDraft draft =
        model("m")
            .activity("paid", "event == \"Paid\"", a -> a.points(1000).number("value"))
            .activity("login", LOGIN, 0.001)
            .activity("owed", "event == \"Owed\"", a -> a.points(-10000).number("value"));
    World world =
        world(
            paid("ann", 1e9),
            paid("bob", 1e9),
            login("bob", "2026-03-31"),
            login("dan", "2026-03-31"),
            track("eve", "Owed", "2026-03-31T10:00:00Z").with("value", 1e9));
    check(
        world,
        asked(draft),
        "ann 1000000000000.000 power_user",
        "bob unavailable",
        "dan 0.001 very_disengaged",
        "eve unavailable");
  }

  @Test
  void a_score_that_a_group_or_clamp_brings_back_is_available() {
    ModelDraft draft =
        model("m")
            .clamp(-5.0, 100.0)
            .group("money", null, 60.0)
            .activity(
                "paid", "event == \"Paid\"", a -> a.points(10000).number("value").group("money"))
            .activity("owed", "event == \"Owed\"", a -> a.points(-10000).number("value"));
    World world =
        world(paid("ann", 1e9), track("eve", "Owed", "2026-03-31T10:00:00Z").with("value", 1e9));
    check(world, asked(draft), "ann 60.000 somewhat_engaged", "eve -5.000 churn_risk");
  }

  @Test
  void two_years_of_the_most_units_at_the_most_points_overflow_nothing() {
    Draft[] days = new Draft[730];
    for (int i = 0; i < days.length; i++) {
      String day = LocalDate.parse("2026-03-31").minusDays(i).toString();
      days[i] = track("ann", "Paid", day + "T10:00:00Z").with("value", 1e9);
    }
    ModelDraft most =
        model("m")
            .window(730)
            .activity("a", "true", a -> a.points(10000).number("value"))
            .activity("b", "true", a -> a.points(10000).number("value"))
            .activity("c", "true", a -> a.points(10000).number("value"));
    check(world(days), asked(most), "ann unavailable");
    ModelDraft capped =
        model("m")
            .window(730)
            .activity("a", "true", a -> a.points(10000).number("value").perWindow(0.001));
    check(world(days), asked(capped), "ann 10.000 very_disengaged");
  }
}
