package io.pulso.server.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.Model;
import io.pulso.engine.model.Unit;
import io.pulso.engine.score.Breakdown;
import io.pulso.engine.score.Cause;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.SubjectUnits;
import io.pulso.server.store.Population;
import io.pulso.server.store.View;
import io.pulso.testkit.Asked;
import io.pulso.testkit.RandomCase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainingTest {
  private static final int CASES = 20;

  @TempDir private Path folder = Path.of("");

  @Test
  void the_lines_of_one_day_add_up_to_the_score_of_the_kernel() {
    int compared = 0;
    for (long seed = 0; seed < CASES; seed++) {
      RandomCase random = RandomCase.of(seed);
      try (WorldStore world =
          WorldStore.of(folder.resolve("day" + seed), random.world(), List.of(), 1)) {
        for (Asked asked : random.questions()) {
          try (View view = view(world, asked.knownAt())) {
            Map<String, Long> scores = scores(view, asked.model(), day(asked));
            for (Individual who : everybody(view, asked.model())) {
              ExplainedScore why = new Explaining(view).day(draft(asked.model()), who, day(asked));
              assertThat(sum(why)).as("seed %d, %s", seed, who).isEqualTo(orZero(why.scoreTo()));
              if (scores.containsKey(who.id())) {
                compared++;
                assertThat(why.scoreTo()).isEqualTo(scores.get(who.id()));
              }
              checkEvents(asked.model(), why);
            }
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(CASES);
  }

  @Test
  void the_lines_of_two_days_add_up_to_the_difference_late_records_and_other_models_included() {
    Map<Cause, Integer> causes = new HashMap<>();
    for (long seed = 0; seed < CASES; seed++) {
      RandomCase random = RandomCase.of(seed);
      try (WorldStore world =
              WorldStore.of(folder.resolve("two" + seed), random.world(), List.of(), 1);
          View now = world.store().now()) {
        for (int i = 1; i < random.questions().size(); i++) {
          Asked one = random.questions().get(i - 1);
          Asked two = random.questions().get(i);
          if (one.model().subject() != two.model().subject()) {
            continue;
          }
          boolean inOrder = day(one) <= day(two);
          Asked from = inOrder ? one : two;
          Asked to = inOrder ? two : one;
          try (View then = from.knownAt() == null ? null : view(world, from.knownAt())) {
            for (Individual who : everybody(now, to.model())) {
              compare(now, then, who, from, to, causes);
            }
          }
        }
      }
    }
    assertThat(causes)
        .containsKeys(
            Cause.EXPIRED,
            Cause.DECAYED,
            Cause.NEW_ACTIVITY,
            Cause.CORRECTIONS,
            Cause.MODEL,
            Cause.GROUP_CAP,
            Cause.CLAMP);
  }

  private static void compare(
      View now,
      @Nullable View then,
      Individual who,
      Asked from,
      Asked to,
      Map<Cause, Integer> causes) {
    ExplainedScore why =
        new Explaining(now)
            .between(
                who,
                new Explaining.Side(draft(from.model()), day(from)),
                new Explaining.Side(draft(to.model()), day(to)),
                then);
    Long first = then == null ? alone(now, who, from) : known(then, who, from);
    Long last = alone(now, who, to);
    assertThat(why.scoreFrom()).isEqualTo(first);
    assertThat(why.scoreTo()).isEqualTo(last);
    if (first != null && last != null) {
      assertThat(sum(why)).isEqualTo(last - first);
      why.lines().forEach(line -> causes.merge(line.why().cause(), 1, Integer::sum));
    } else {
      assertThat(why.lines()).isEmpty();
    }
  }

  /// The score of one day by itself.
  private static @Nullable Long alone(View view, Individual who, Asked asked) {
    return new Explaining(view).day(draft(asked.model()), who, day(asked)).scoreTo();
  }

  /// The score by an id that may not have been known then.
  private static @Nullable Long known(View then, Individual who, Asked asked) {
    for (Individual each : everybody(then, asked.model())) {
      if (each.id().equals(who.id())) {
        return alone(then, each, asked);
      }
    }
    if (then.subject(who.kind(), who.id()).isPresent()) {
      int number = then.subject(who.kind(), who.id()).getAsInt();
      for (Individual each : everybody(then, asked.model())) {
        if (each.number() == number) {
          return alone(then, each, asked);
        }
      }
    }
    SubjectUnits nothing = DayUnits.none(asked.model());
    return Breakdown.of(Plan.of(asked.model()), nothing, day(asked), 0).score();
  }

  /// Of customers' activities that count occurrences, each event is a unit seen.
  private static void checkEvents(Model model, ExplainedScore why) {
    for (ExplainedScore.Line line : why.lines()) {
      ExplainedScore.Evidence evidence = line.evidence();
      assertThat(evidence.newest()).hasSize(Math.min(evidence.total(), 20));
      boolean counts =
          model.method() != Model.Method.FIT
              && model.subject() == Model.Subject.CUSTOMER
              && model.activities().stream()
                  .anyMatch(each ->
                      each.name().equals(line.why().name())
                          && each.unit() instanceof Unit.Occurrences);
      if (counts && line.why().counts() != null) {
        assertThat(evidence.total() * 1000L).isEqualTo(line.why().counts().seen());
      }
    }
  }

  static List<Individual> everybody(View view, Model model) {
    Population population = view.population(model.subject());
    List<Individual> everybody = new ArrayList<>();
    for (int row = 0; row < population.size(); row++) {
      everybody.add(Individual.find(view, model.subject(), population.ids()[row]));
    }
    return everybody;
  }

  private static Map<String, Long> scores(View view, Model model, int day) {
    ScoreTable table = new Scoring(view).table(draft(model), day, true);
    Map<String, Long> scores = new HashMap<>();
    for (int row = 0; row < table.size(); row++) {
      long score = table.scores()[row];
      scores.put(table.ids()[row], score == Kernel.UNAVAILABLE ? null : score);
    }
    return scores;
  }

  private static View view(WorldStore world, @Nullable Instant knownAt) {
    return knownAt == null
        ? world.store().now()
        : world.store().knownAt(knownAt.getEpochSecond() * 1_000_000 + knownAt.getNano() / 1000);
  }

  static InUse draft(Model model) {
    return new InUse(model, InUse.DRAFT);
  }

  static int day(Asked asked) {
    return Math.toIntExact(asked.asOf().toEpochDay());
  }

  private static long sum(ExplainedScore why) {
    return why.lines().stream().mapToLong(line -> line.why().points()).sum();
  }

  private static long orZero(@Nullable Long score) {
    return score == null ? 0 : score;
  }
}
