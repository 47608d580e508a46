package io.pulso.engine.score;

import static io.pulso.engine.score.Models.activity;
import static io.pulso.engine.score.Units.MARCH_31;
import static io.pulso.engine.score.Units.days;
import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.Decay;
import org.junit.jupiter.api.Test;

/// Examples one can add up by hand.
class WorkedExamplesTest {
  private static final SubjectUnits.Days NONE = SubjectUnits.Days.NONE;

  private static final Plan PLAN =
      Models.points()
          .with(
              activity("invited_teammate", 10_000).caps(3000L, null),
              activity("page_viewed", 500),
              activity("unsubscribed", -25_000))
          .plan();

  private static void assertScore(Plan plan, SubjectUnits units, long score, String band) {
    long[] scores = Kernel.scoreAll(plan, Units.rollUps(units), MARCH_31, Manual.NONE, 1);
    assertThat(scores).containsExactly(score);
    assertThat(Breakdown.of(plan, units, MARCH_31, 0).score()).isEqualTo(score);
    assertThat(plan.bands().band(score).id()).isEqualTo(band);
  }

  private static Plan invites(Models.ActivityBuilder invites) {
    return Models.points().with(invites).plan();
  }

  @Test
  void ann_has_more_invites_in_a_day_than_count() {
    SubjectUnits ann = Units.of(days("03-10", 5), days("03-11", 7), NONE);
    assertScore(PLAN, ann, 33_500, "very_disengaged");
  }

  @Test
  void bobs_first_day_has_left_the_window() {
    SubjectUnits bob = Units.of(days("03-01", 2, "03-02", 2, "03-31", 2), NONE, days("03-05", 1));
    assertScore(PLAN, bob, 15_000, "very_disengaged");
  }

  @Test
  void eve_is_at_risk() {
    assertScore(PLAN, Units.of(NONE, NONE, days("03-02", 1)), -25_000, "churn_risk");
  }

  @Test
  void dan_did_nothing() {
    assertScore(PLAN, Units.of(NONE, NONE, NONE), 0, "very_disengaged");
  }

  @Test
  void fay_is_a_power_user() {
    SubjectUnits.Days invites = days("03-03", 3, "03-09", 3, "03-20", 3, "03-31", 3);
    assertScore(PLAN, Units.of(invites, NONE, NONE), 120_000, "power_user");
  }

  @Test
  void a_unit_is_worth_half_after_a_half_life() {
    Plan plan = invites(activity("invited_teammate", 10_000).decay(new Decay.HalfLife(14)));
    assertScore(plan, Units.of(days("03-17", 1)), 5_000, "very_disengaged");
    assertScore(plan, Units.of(days("03-24", 1)), 7_071, "very_disengaged");
    assertThat(DecayTable.factors(new Decay.HalfLife(14), 15)[7]).isEqualTo(707_107);
  }

  @Test
  void a_linear_decay_ends_at_its_length() {
    Plan plan = invites(activity("invited_teammate", 10_000).decay(new Decay.Linear(20)));
    assertScore(plan, Units.of(days("03-16", 1)), 2_500, "very_disengaged");
    assertScore(plan, Units.of(days("03-11", 4)), 0, "very_disengaged");
  }

  @Test
  void shares_of_targets_add_up_to_a_weighted_score() {
    Plan plan =
        Models.weighted()
            .with(
                activity("renewals", 60_000).target(1000),
                activity("email_opens", 40_000).target(8000))
            .plan();
    SubjectUnits units = Units.of(days("03-10", 1), days("03-11", 1, "03-12", 2));
    assertScore(plan, units, 75_000, "somewhat_engaged");
    assertScore(plan, Units.of(days("03-10", 9), days("03-11", 99)), 100_000, "highly_engaged");
  }

  @Test
  void per_window_cuts_after_per_day() {
    Plan plan = invites(activity("invited_teammate", 10_000).caps(3000L, 4000L));
    assertScore(plan, Units.of(days("03-10", 5, "03-11", 2)), 40_000, "very_disengaged");
    assertScore(plan, Units.of(days("03-10", 5)), 30_000, "very_disengaged");
  }

  @Test
  void per_window_cuts_decayed_units() {
    Plan plan =
        invites(
            activity("invited_teammate", 10_000).decay(new Decay.HalfLife(14)).caps(null, 3000L));
    assertScore(plan, Units.of(days("03-17", 4)), 20_000, "very_disengaged");
    assertScore(plan, Units.of(days("03-17", 4, "03-31", 2)), 30_000, "very_disengaged");
  }

  @Test
  void half_milli_points_round_away_from_zero() {
    assertScore(invites(activity("a", 1)), Units.of(half(500)), 1, "very_disengaged");
    assertScore(invites(activity("a", -1)), Units.of(half(500)), -1, "churn_risk");
    assertScore(invites(activity("a", -1)), Units.of(half(499)), 0, "very_disengaged");
  }

  private static SubjectUnits.Days half(long milliUnits) {
    return new SubjectUnits.Days(new int[] {MARCH_31}, new long[] {milliUnits});
  }

  @Test
  void a_group_keeps_its_sum_in_its_range() {
    Plan plan =
        Models.points()
            .group("adoption", -10_000L, 60_000L)
            .with(
                activity("invited", 10_000).group("adoption"),
                activity("complained", -20_000).group("adoption"),
                activity("page_viewed", 500))
            .plan();
    SubjectUnits much = Units.of(days("03-10", 9), days("03-11", 1), days("03-12", 1));
    assertScore(plan, much, 60_500, "somewhat_engaged");
    assertThat(Breakdown.of(plan, much, MARCH_31, 0).groups())
        .containsExactly(new Breakdown.GroupCap("adoption", -10_000));
    SubjectUnits bad = Units.of(NONE, days("03-11", 2), days("03-12", 1));
    assertScore(plan, bad, -9_500, "churn_risk");
  }

  @Test
  void base_counts_and_clamp_comes_last() {
    Plan plan =
        Models.points()
            .base(20_000)
            .clamp(-100_000L, 90_000L)
            .with(activity("invited", 10_000))
            .plan();
    assertScore(plan, Units.of(days("03-10", 3)), 50_000, "somewhat_engaged");
    Breakdown breakdown = Breakdown.of(plan, Units.of(days("03-10", 8)), MARCH_31, 5_000);
    assertThat(breakdown.score()).isEqualTo(90_000);
    assertThat(breakdown.clamp()).isEqualTo(-15_000);
    assertThat(breakdown.withoutManual()).isEqualTo(90_000);
    assertScore(plan, Units.of(days("03-10", 8)), 90_000, "highly_engaged");
  }

  @Test
  void a_weighted_score_stays_under_a_hundred_with_manual_points() {
    Plan plan = Models.weighted().with(activity("renewals", 100_000).target(1000)).plan();
    Breakdown breakdown = Breakdown.of(plan, Units.of(days("03-10", 1)), MARCH_31, 30_000);
    assertThat(breakdown.score()).isEqualTo(100_000);
    assertThat(breakdown.clamp()).isEqualTo(-30_000);
  }

  @Test
  void forty_is_in_the_lower_band_and_one_milli_point_more_is_not() {
    Plan plan = invites(activity("time", 1000));
    assertScore(plan, Units.of(half(40_000)), 40_000, "very_disengaged");
    assertScore(plan, Units.of(half(40_001)), 40_001, "somewhat_engaged");
  }

  @Test
  void a_trait_fits_on_its_day_only_and_counts_once() {
    Plan plan = Models.fit().base(1000).with(activity("big_company", 50_000)).plan();
    assertScore(plan, Units.of(days("03-31", 1)), 51_000, "somewhat_engaged");
    assertScore(plan, Units.of(days("03-30", 1)), 1_000, "very_disengaged");
  }

  @Test
  void counts_say_what_is_seen_and_what_is_cut() {
    Plan plan = invites(activity("invited", 10_000).caps(3000L, 4000L));
    SubjectUnits units = Units.of(days("02-01", 9, "03-10", 5, "03-11", 2));
    Breakdown.Contribution invited = Breakdown.of(plan, units, MARCH_31, 0).activities().getFirst();
    assertThat(invited.counts()).isEqualTo(new Counts(7000, 2000, 1000));
    assertThat(invited.counts().counted()).isEqualTo(4000);
    assertThat(invited.factor()).isEqualTo(1_000_000);
    assertThat(invited.points()).isEqualTo(40_000);
  }

  @Test
  void the_factor_is_the_mean_worth_of_what_counts() {
    Plan plan = invites(activity("invited", 10_000).decay(new Decay.HalfLife(14)));
    SubjectUnits units = Units.of(days("03-17", 3, "03-31", 1));
    Breakdown.Contribution invited = Breakdown.of(plan, units, MARCH_31, 0).activities().getFirst();
    assertThat(invited.counts()).isEqualTo(new Counts(4000, 0, 0));
    assertThat(invited.factor()).isEqualTo(625_000);
    assertThat(invited.points()).isEqualTo(25_000);
  }
}
