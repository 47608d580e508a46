package io.pulso.engine.score;

import static io.pulso.engine.score.Models.activity;
import static io.pulso.engine.score.Units.MARCH_31;
import static io.pulso.engine.score.Units.days;
import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.Decay;
import io.pulso.engine.model.Model;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final int MARCH_24 = MARCH_31 - 7;

  private static Explanation.Side side(Plan plan, SubjectUnits units, int day) {
    return new Explanation.Side(plan, units, day, 0);
  }

  private static Explanation.Line line(Cause cause, String name, long points) {
    return new Explanation.Line(cause, name, points, null);
  }

  private static Explanation.Line whole(Cause cause, long points) {
    return new Explanation.Line(cause, null, points, null);
  }

  private static long sum(Explanation explanation) {
    return explanation.lines().stream().mapToLong(Explanation.Line::points).sum();
  }

  @Test
  void a_weeks_change_is_what_expired_and_what_is_new() {
    Plan plan = Models.points().with(activity("invited", 10_000).caps(3000L, null)).plan();
    SubjectUnits units = Units.of(days("02-27", 2, "03-10", 1, "03-30", 5));
    Explanation explanation =
        Explanation.between(side(plan, units, MARCH_24), side(plan, units, MARCH_31));
    assertThat(explanation.scoreFrom()).isEqualTo(30_000);
    assertThat(explanation.scoreTo()).isEqualTo(40_000);
    assertThat(explanation.lines())
        .containsExactly(
            line(Cause.EXPIRED, "invited", -20_000),
            new Explanation.Line(Cause.NEW_ACTIVITY, "invited", 30_000, new Counts(5000, 2000, 0)));
  }

  @Test
  void the_first_day_of_the_window_has_not_expired() {
    Plan plan = Models.points().with(activity("invited", 10_000)).plan();
    SubjectUnits units = Units.of(days("03-01", 1, "03-02", 1, "03-24", 1, "03-25", 1));
    Explanation explanation =
        Explanation.between(side(plan, units, MARCH_24), side(plan, units, MARCH_31));
    assertThat(explanation.lines())
        .containsExactly(
            line(Cause.EXPIRED, "invited", -10_000),
            new Explanation.Line(Cause.NEW_ACTIVITY, "invited", 10_000, new Counts(1000, 0, 0)));
  }

  @Test
  void every_state_is_cut_by_the_window_cap_before_it_is_compared() {
    Plan plan =
        Models.points()
            .with(activity("invited", 10_000).decay(new Decay.HalfLife(7)).caps(null, 3000L))
            .plan();
    SubjectUnits units = Units.of(days("03-24", 4, "03-31", 2));
    Explanation explanation =
        Explanation.between(side(plan, units, MARCH_24), side(plan, units, MARCH_31));
    assertThat(explanation.lines())
        .containsExactly(
            line(Cause.DECAYED, "invited", -10_000),
            new Explanation.Line(Cause.NEW_ACTIVITY, "invited", 10_000, new Counts(2000, 0, 1000)));
  }

  @Test
  void what_only_grew_older_decayed() {
    Plan plan =
        Models.points().with(activity("invited", 10_000).decay(new Decay.HalfLife(7))).plan();
    SubjectUnits units = Units.of(days("03-24", 1));
    Explanation explanation =
        Explanation.between(side(plan, units, MARCH_24), side(plan, units, MARCH_31));
    assertThat(explanation.lines()).containsExactly(line(Cause.DECAYED, "invited", -5_000));
  }

  @Test
  void before_its_first_event_a_subject_scores_the_clamped_base() {
    Plan plan =
        Models.points().base(30_000).clamp(null, 20_000L).with(activity("left", -15_000)).plan();
    SubjectUnits units = Units.of(days("03-30", 1));
    Explanation explanation =
        Explanation.between(side(plan, units, MARCH_24), side(plan, units, MARCH_31));
    assertThat(explanation.scoreFrom()).isEqualTo(20_000);
    assertThat(explanation.scoreTo()).isEqualTo(15_000);
    assertThat(explanation.lines())
        .containsExactly(
            new Explanation.Line(Cause.NEW_ACTIVITY, "left", -15_000, new Counts(1000, 0, 0)),
            whole(Cause.CLAMP, 10_000));
  }

  @Test
  void late_records_are_corrections_of_the_first_score() {
    Plan plan = Models.points().with(activity("invited", 10_000)).plan();
    SubjectUnits known = Units.of(days("03-20", 1));
    SubjectUnits units = Units.of(days("03-20", 1, "03-22", 2));
    Explanation explanation =
        Explanation.between(side(plan, units, MARCH_24), known, side(plan, units, MARCH_31));
    assertThat(explanation.scoreFrom()).isEqualTo(10_000);
    assertThat(explanation.lines())
        .containsExactly(
            new Explanation.Line(Cause.CORRECTIONS, "invited", 20_000, new Counts(2000, 0, 0)));
  }

  @Test
  void another_version_of_the_model_has_its_own_lines() {
    Plan before =
        Models.points().with(activity("invited", 10_000), activity("visited", 1_000)).plan();
    Plan after =
        Models.points()
            .base(2_000)
            .group("g", null, 25_000L)
            .with(activity("bought", 50_000).group("g"), activity("invited", 4_000))
            .plan();
    SubjectUnits units = Units.of(days("03-20", 1), days("03-20", 3));
    SubjectUnits unitsAfter = Units.of(days("03-20", 1), days("03-20", 1));
    Explanation explanation =
        Explanation.between(side(before, units, MARCH_24), side(after, unitsAfter, MARCH_31));
    assertThat(explanation.lines())
        .containsExactly(
            line(Cause.MODEL, "invited", -6_000),
            line(Cause.MODEL, "visited", -3_000),
            line(Cause.MODEL, "bought", 50_000),
            whole(Cause.MODEL, 2_000),
            line(Cause.GROUP_CAP, "g", -25_000));
    assertThat(sum(explanation)).isEqualTo(31_000 - 13_000);
  }

  @Test
  void a_trait_that_still_fits_changes_nothing() {
    Plan plan = Models.fit().with(activity("big", 50_000), activity("rich", 20_000)).plan();
    SubjectUnits units = Units.of(days("03-24", 1, "03-31", 1), days("03-24", 1));
    Explanation explanation =
        Explanation.between(side(plan, units, MARCH_24), side(plan, units, MARCH_31));
    assertThat(explanation.lines()).containsExactly(line(Cause.EXPIRED, "rich", -20_000));
  }

  @Test
  void one_day_is_its_contributions_and_the_rest() {
    Plan plan =
        Models.points()
            .base(1_000)
            .with(activity("invited", 10_000).caps(3000L, null), activity("left", -5_000))
            .clamp(null, 30_000L)
            .plan();
    Explanation explanation =
        Explanation.of(
            new Explanation.Side(
                plan, Units.of(days("03-20", 5), SubjectUnits.Days.NONE), MARCH_31, 700));
    assertThat(explanation.scoreFrom()).isNull();
    assertThat(explanation.scoreTo()).isEqualTo(30_000);
    assertThat(explanation.lines())
        .containsExactly(
            new Explanation.Line(Cause.ACTIVITY, "invited", 30_000, new Counts(5000, 2000, 0)),
            whole(Cause.BASE, 1_000),
            whole(Cause.MANUAL, 700),
            whole(Cause.CLAMP, -1_700));
  }

  @Test
  void lines_of_two_days_add_up_through_corrections_and_versions() {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      RandomWorld world = new RandomWorld(random, seed % 5 == 0);
      Model model = world.model();
      Model next = seed % 3 == 0 ? world.model() : model;
      SubjectUnits units = SubjectUnits.of(world.units(model, 1), 0);
      SubjectUnits known = seed % 2 == 0 ? units : SubjectUnits.of(world.units(model, 1), 0);
      SubjectUnits unitsNext = seed % 3 == 0 ? SubjectUnits.of(world.units(next, 1), 0) : units;
      int from = world.today() - random.nextInt(60);
      int to = world.today() + random.nextInt(20);
      long manualFrom = random.nextLong(-5000, 5000);
      long manualTo = random.nextLong(-5000, 5000);
      Explanation explanation =
          Explanation.between(
              new Explanation.Side(Plan.of(model), units, from, manualFrom),
              known,
              new Explanation.Side(Plan.of(next), unitsNext, to, manualTo));
      long scoreFrom = Oracle.score(model, known, from, manualFrom);
      long scoreTo = Oracle.score(next, unitsNext, to, manualTo);
      if (scoreFrom == Kernel.UNAVAILABLE || scoreTo == Kernel.UNAVAILABLE) {
        assertThat(explanation.lines()).isEmpty();
        assertThat(explanation.culprit()).isNotNull();
      } else {
        assertThat(explanation.scoreFrom()).isEqualTo(scoreFrom);
        assertThat(explanation.scoreTo()).isEqualTo(scoreTo);
        assertThat(sum(explanation)).as("seed %d", seed).isEqualTo(scoreTo - scoreFrom);
        boolean sameModel = seed % 3 != 0;
        List<Cause> causes = explanation.lines().stream().map(Explanation.Line::cause).toList();
        assertThat(causes.contains(Cause.MODEL) && sameModel).isFalse();
      }
    }
  }

  @Test
  void lines_of_one_day_add_up() {
    for (int seed = 0; seed < 1000; seed++) {
      RandomWorld world = new RandomWorld(new Random(seed), false);
      Model model = world.model();
      SubjectUnits units = SubjectUnits.of(world.units(model, 1), 0);
      Explanation explanation =
          Explanation.of(new Explanation.Side(Plan.of(model), units, world.today(), seed));
      assertThat(sum(explanation))
          .isEqualTo(Oracle.score(model, units, world.today(), seed))
          .isEqualTo(explanation.scoreTo());
    }
  }
}
