package io.pulso.engine.score;

import static io.pulso.engine.score.Models.activity;
import static io.pulso.engine.score.Units.MARCH_31;
import static io.pulso.engine.score.Units.days;
import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NextStepTest {
  @Test
  void steps_are_sorted_by_share_of_a_usual_week() {
    Plan plan =
        Models.points()
            .with(
                activity("invited", 10_000).caps(3000L, null),
                activity("time", 200).numeric(),
                activity("visited", 1_000),
                activity("left", -5_000),
                activity("rare", 100_000))
            .plan();
    SubjectUnits.Days none = SubjectUnits.Days.NONE;
    SubjectUnits units = Units.of(days("03-31", 2), none, days("03-30", 5), none, none);
    assertThat(NextStep.of(plan, units, MARCH_31, 0, new long[] {1000, 60_000, 20_000, 0, 0}))
        .containsExactly(
            new NextStep("visited", 16_000L, 20_000),
            new NextStep("time", 75_003L, 60_000),
            new NextStep("rare", 1_000L, 0),
            new NextStep("invited", null, 1000));
  }

  @Test
  void there_is_no_step_above_the_last_band() {
    Plan plan = Models.points().base(100_001).with(activity("invited", 10_000)).plan();
    assertThat(NextStep.of(plan, Units.of(SubjectUnits.Days.NONE), MARCH_31, 0, new long[1]))
        .isEmpty();
  }

  @Test
  void below_excludes_its_bound_so_zero_is_enough_to_leave_the_first_band() {
    Plan plan = Models.points().base(-3_000).with(activity("invited", 1_000)).plan();
    assertThat(NextStep.of(plan, Units.of(SubjectUnits.Days.NONE), MARCH_31, 0, new long[1]))
        .containsExactly(new NextStep("invited", 3_000L, 0));
  }

  @Test
  void steps_reach_the_next_band_and_one_less_does_not() {
    int reached = 0;
    int capped = 0;
    for (int seed = 0; seed < 2000; seed++) {
      RandomWorld world = new RandomWorld(new Random(seed), false);
      Model model = world.model();
      SubjectUnits units = SubjectUnits.of(world.units(model, 1), 0);
      long score = Oracle.score(model, units, world.today(), seed);
      OptionalLong goal = Bands.of(model).next(score);
      List<NextStep> steps = NextStep.of(Plan.of(model), units, world.today(), seed, new long[5]);
      for (NextStep step : steps) {
        int index = Plan.of(model).indexOf(step.activity());
        Activity activity = model.activities().get(index);
        long one = activity.unit() instanceof Unit.Numeric ? 1 : 1000;
        if (step.units() == null) {
          capped++;
          assertThat(score(model, units, index, world.today(), RollUp.MOST_A_DAY, seed))
              .isLessThan(goal.orElseThrow());
        } else {
          reached++;
          assertThat(score(model, units, index, world.today(), step.units(), seed))
              .isGreaterThanOrEqualTo(goal.orElseThrow());
          assertThat(score(model, units, index, world.today(), step.units() - one, seed))
              .isLessThan(goal.orElseThrow());
        }
      }
    }
    assertThat(reached).isGreaterThan(200);
    assertThat(capped).isGreaterThan(200);
  }

  /// The score with additional units on the as-of day.
  private static long score(
      Model model, SubjectUnits units, int index, int asOf, long added, long manual) {
    List<SubjectUnits.Days> changed = new ArrayList<>(units.byActivity());
    RollUpBuilder builder = RollUp.builder(1).add(0, asOf, added);
    SubjectUnits.Days old = changed.get(index);
    for (int i = 0; i < old.days().length; i++) {
      builder.add(0, old.days()[i], old.units()[i]);
    }
    changed.set(index, builder.build().of(0));
    return Oracle.score(model, new SubjectUnits(changed), asOf, manual);
  }
}
