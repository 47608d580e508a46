package io.pulso.engine.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.Model;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTest {
  private static final int SUBJECTS = 20;
  private static final int ROUNDS = 120;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void kernel_breakdown_and_numbers_of_any_size_agree(boolean absurd) {
    for (int seed = 0; seed < ROUNDS; seed++) {
      RandomWorld world = new RandomWorld(new Random(seed), absurd);
      Model model = world.model();
      List<RollUp> units = world.units(model, SUBJECTS);
      Manual manual = seed % 2 == 0 ? Manual.NONE : (subject, day) -> subject * 100L - day % 7;
      Plan plan = Plan.of(model);
      long[] scores = Kernel.scoreAll(plan, units, world.today(), manual, 2);
      for (int subject = 0; subject < SUBJECTS; subject++) {
        SubjectUnits ofSubject = SubjectUnits.of(units, subject);
        long points = manual.milliPoints(subject, world.today());
        long expected = Oracle.score(model, ofSubject, world.today(), points);
        assertThat(scores[subject]).as("seed %d, subject %d", seed, subject).isEqualTo(expected);
        assertThat(Breakdown.of(plan, ofSubject, world.today(), points).score())
            .as("breakdown, seed %d, subject %d", seed, subject)
            .isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_history_is_the_scores_of_its_days(boolean absurd) {
    for (int seed = 0; seed < ROUNDS / 3; seed++) {
      RandomWorld world = new RandomWorld(new Random(seed), absurd);
      Model model = world.model();
      List<RollUp> units = world.units(model, SUBJECTS);
      Manual manual = (subject, day) -> day % 3 == 0 ? subject : 0;
      int from = world.today() - 20;
      int to = world.today() + 40;
      long[][] byDay = new long[to - from + 1][SUBJECTS];
      for (int day = from; day <= to; day++) {
        Kernel.score(Plan.of(model), units, day, manual, 0, SUBJECTS, byDay[day - from]);
      }
      int round = seed;
      Kernel.history(
          Plan.of(model),
          units,
          from,
          to,
          manual,
          IntStream.range(0, SUBJECTS).toArray(),
          1,
          (subject, scores) -> {
            for (int day = 0; day < scores.length; day++) {
              assertThat(scores[day])
                  .as("seed %d, subject %d, day %d", round, subject, day)
                  .isEqualTo(byDay[day][subject]);
            }
          });
    }
  }

  @Test
  void part_of_the_subjects_can_be_scored_across_blocks() {
    int subjects = 3 * Blocks.SIZE + 17;
    RollUpBuilder builder = RollUp.builder(subjects);
    for (int subject = 0; subject < subjects; subject++) {
      builder.add(subject, 100, 1000L * (subject % 50)).add(subject, 101, 1000);
    }
    Plan plan = Models.points().with(Models.activity("logins", 1000)).plan();
    List<RollUp> units = List.of(builder.build());
    long[] out = new long[subjects - 30];
    Kernel.score(plan, units, 101, Manual.NONE, 10, subjects - 20, out);
    long[] all = Kernel.scoreAll(plan, units, 101, Manual.NONE, 2);
    for (int i = 0; i < out.length; i++) {
      assertThat(out[i]).isEqualTo(1000L * ((i + 10) % 50) + 1000).isEqualTo(all[i + 10]);
    }
  }

  @Test
  void the_histories_of_many_are_handed_over_by_their_places_in_the_list() {
    int subjects = 3 * Blocks.SIZE + 17;
    RollUpBuilder builder = RollUp.builder(subjects);
    for (int subject = 0; subject < subjects; subject++) {
      builder.add(subject, 100, 1000L * subject);
    }
    Plan plan = Models.points().with(Models.activity("logins", 1000)).plan();
    int[] backwards = IntStream.range(0, subjects).map(i -> subjects - 1 - i).toArray();
    long[][] found = new long[subjects][];
    List<RollUp> units = List.of(builder.build());
    Kernel.history(
        plan, units, 99, 100, Manual.NONE, backwards, 3, (i, scores) -> found[i] = scores.clone());
    for (int i = 0; i < subjects; i++) {
      assertThat(found[i]).containsExactly(0, 1000L * backwards[i]);
    }
  }

  @Test
  void days_far_from_all_units_give_the_base() {
    Plan plan = Models.points().base(7).with(Models.activity("logins", 1000)).plan();
    List<RollUp> units = List.of(RollUp.builder(1).add(0, 20_000, 1000).build());
    for (int day : new int[] {Integer.MIN_VALUE, 0, 19_999, 20_030, Integer.MAX_VALUE}) {
      assertThat(Kernel.scoreAll(plan, units, day, Manual.NONE, 1)).containsExactly(7);
    }
  }

  @Test
  void a_roll_up_without_rows_gives_everybody_the_base() {
    Plan plan = Models.points().base(-5).with(Models.activity("logins", 1000)).plan();
    long[] scores = Kernel.scoreAll(plan, List.of(RollUp.empty(3)), 0, Manual.NONE, 1);
    assertThat(scores).containsExactly(-5, -5, -5);
  }
}
