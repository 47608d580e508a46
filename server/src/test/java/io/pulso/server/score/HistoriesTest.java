package io.pulso.server.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.store.View;
import io.pulso.testkit.Asked;
import io.pulso.testkit.RandomCase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoriesTest {
  private static final int CASES = 12;
  private static final int DAYS = 6;

  @TempDir private Path folder = Path.of("");

  @Test
  void every_day_of_a_history_is_the_score_of_that_day_under_the_version_of_its_period() {
    int compared = 0;
    for (long seed = 100; seed < 100 + CASES; seed++) {
      RandomCase random = RandomCase.of(seed);
      try (WorldStore world =
              WorldStore.of(folder.resolve("w" + seed), random.world(), List.of(), 1);
          View view = world.store().now()) {
        for (int i = 1; i < random.questions().size(); i++) {
          Asked one = random.questions().get(i - 1);
          Asked two = random.questions().get(i);
          List<Histories.Period> periods = periods(one, two);
          List<String> days = new ArrayList<>();
          new Histories(view)
              .all(
                  periods,
                  one.all(),
                  (id, day, score, band) -> days.add(id + " " + day + " " + score));
          assertThat(days)
              .as("seed %d", seed)
              .containsExactlyInAnyOrderElementsOf(byDay(view, periods, one.all()))
              .isEqualTo(byIndividuals(view, periods, days));
          compared += days.size();
        }
      }
    }
    assertThat(compared).isGreaterThan(CASES * DAYS);
  }

  private static List<Histories.Period> periods(Asked one, Asked two) {
    int first = ExplainingTest.day(one) - DAYS;
    int last = ExplainingTest.day(one) + DAYS;
    InUse use = ExplainingTest.draft(one.model());
    return one.model().subject() == two.model().subject()
        ? List.of(
            new Histories.Period(use, first, last - 3),
            new Histories.Period(ExplainingTest.draft(two.model()), last - 2, last))
        : List.of(new Histories.Period(use, first, last));
  }

  private static List<String> byDay(View view, List<Histories.Period> periods, boolean all) {
    List<String> found = new ArrayList<>();
    for (Histories.Period period : periods) {
      for (int day = period.first(); day <= period.last(); day++) {
        ScoreTable table = new Scoring(view).table(period.use(), day, all);
        for (int row = 0; row < table.size(); row++) {
          found.add(table.ids()[row] + " " + day + " " + table.scores()[row]);
        }
      }
    }
    return found;
  }

  /// The same, asked for one by one, in the order of the given rows.
  private static List<String> byIndividuals(
      View view, List<Histories.Period> periods, List<String> rows) {
    List<String> ids =
        rows.stream()
            .map(row -> row.substring(0, row.lastIndexOf(' ', row.lastIndexOf(' ') - 1)))
            .distinct()
            .toList();
    List<String> found = new ArrayList<>();
    for (String id : ids) {
      Individual who = Individual.find(view, periods.getFirst().use().model().subject(), id);
      new Histories(view)
          .one(periods, who, (name, day, score, band) -> found.add(name + " " + day + " " + score));
    }
    return found;
  }
}
