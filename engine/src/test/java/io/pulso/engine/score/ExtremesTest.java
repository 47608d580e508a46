package io.pulso.engine.score;

import static io.pulso.engine.score.Models.activity;
import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.Decay;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtremesTest {
  private static final int TODAY = 20_000;

  /// The most units there can be on each of 730 days.
  private static RollUp everything() {
    RollUpBuilder builder = RollUp.builder(2);
    for (int day = TODAY - 729; day <= TODAY; day++) {
      builder.add(0, day, RollUp.MOST_A_DAY).add(0, day, Long.MAX_VALUE);
    }
    return builder.add(1, TODAY, 1000).build();
  }

  private static Models.ActivityBuilder huge(String name, long points) {
    return activity(name, points).window(730);
  }

  private static long[] scores(Plan plan, RollUp... units) {
    long[] scores = Kernel.scoreAll(plan, List.of(units), TODAY, Manual.NONE, 1);
    for (int subject = 0; subject < 2; subject++) {
      SubjectUnits ofSubject = SubjectUnits.of(List.of(units), subject);
      assertThat(scores[subject])
          .isEqualTo(Oracle.score(plan.model(), ofSubject, TODAY, 0))
          .isEqualTo(Breakdown.of(plan, ofSubject, TODAY, 0).score());
    }
    return scores;
  }

  @Test
  void units_of_a_day_saturate() {
    RollUp units = everything();
    assertThat(units.units(units.from(0))).isEqualTo(1_000_000_000_000L);
    assertThat(units.rows()).isEqualTo(731);
  }

  @Test
  void a_score_too_great_names_its_activity_and_spares_the_others() {
    Plan plan = Models.points().with(huge("logins", 1000), huge("payments", 10_000_000)).plan();
    RollUp logins = RollUp.builder(2).add(0, TODAY, 1000).build();
    assertThat(scores(plan, logins, everything())).containsExactly(Kernel.UNAVAILABLE, 10_000_000);
    SubjectUnits units = SubjectUnits.of(List.of(logins, everything()), 0);
    assertThat(Breakdown.of(plan, units, TODAY, 0).culprit()).isEqualTo("payments");
    Explanation explanation = Explanation.of(new Explanation.Side(plan, units, TODAY, 0));
    assertThat(explanation).isEqualTo(new Explanation(null, null, List.of(), "payments"));
  }

  @Test
  void a_score_too_low_is_unavailable_too() {
    Plan plan = Models.points().with(huge("payments", -10_000_000)).plan();
    assertThat(scores(plan, everything())).containsExactly(Kernel.UNAVAILABLE, -10_000_000);
  }

  @Test
  void the_greatest_score_is_available_and_one_more_is_not() {
    long greatest = Plan.GREATEST_SCORE;
    Plan plan = Models.points().base(greatest).with(activity("logins", 1)).plan();
    assertThat(scores(plan, RollUp.builder(2).add(1, TODAY, 1000).build()))
        .containsExactly(greatest, Kernel.UNAVAILABLE);
  }

  @Test
  void opposite_extremes_cancel_out() {
    Plan plan =
        Models.points()
            .with(huge("a", 10_000_000), huge("b", 10_000_000), huge("c", -10_000_000))
            .with(huge("d", -10_000_000))
            .plan();
    RollUp all = everything();
    assertThat(scores(plan, all, all, all, all)).containsExactly(0, 0);
  }

  @Test
  void a_clamp_tames_what_would_be_unavailable() {
    Plan plan = Models.points().clamp(null, 200_000L).with(huge("payments", 10_000_000)).plan();
    assertThat(scores(plan, everything())).containsExactly(200_000, 200_000);
  }

  @Test
  void caps_greater_than_any_units_cut_nothing() {
    Plan plan =
        Models.points()
            .with(
                huge("payments", 1)
                    .decay(new Decay.HalfLife(100))
                    .caps(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1))
            .plan();
    assertThat(scores(plan, everything())[1]).isEqualTo(1);
  }

  @Test
  void a_target_greater_than_any_units_earns_nothing() {
    Plan plan = Models.weighted().with(huge("payments", 100_000).target(Long.MAX_VALUE)).plan();
    assertThat(scores(plan, everything())).containsExactly(8, 0);
  }

  @Test
  void absurd_manual_points_make_a_score_unavailable() {
    Plan plan = Models.points().with(activity("logins", 1000)).plan();
    List<RollUp> units = List.of(RollUp.builder(1).add(0, TODAY, 1000).build());
    long[] scores = Kernel.scoreAll(plan, units, TODAY, (_, _) -> Long.MAX_VALUE, 1);
    assertThat(scores).containsExactly(Kernel.UNAVAILABLE);
  }

  @Test
  void bounds_far_away_from_zero_move_a_sum_there() {
    Plan plan =
        Models.points()
            .group("g", Long.MAX_VALUE / 2, null)
            .with(activity("logins", 1000).group("g"), activity("visits", 1000))
            .clamp(null, 5L)
            .plan();
    RollUp logins = RollUp.builder(2).add(0, TODAY, 1000).build();
    assertThat(scores(plan, logins, logins)).containsExactly(5, 5);
  }
}
