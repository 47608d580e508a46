package io.pulso.server.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.score.Movers;
import io.pulso.server.store.View;
import io.pulso.testkit.Asked;
import io.pulso.testkit.RandomCase;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhatIfsTest {
  private static final int CASES = 15;

  @TempDir private Path folder = Path.of("");

  @Test
  void bands_before_and_after_and_all_moves_add_up_to_everybody_that_one_model_scores() {
    int moved = 0;
    for (long seed = 300; seed < 300 + CASES; seed++) {
      RandomCase random = RandomCase.of(seed);
      try (WorldStore world =
              WorldStore.of(folder.resolve("w" + seed), random.world(), List.of(), 1);
          View view = world.store().now()) {
        for (int i = 1; i < random.questions().size(); i++) {
          Asked one = random.questions().get(i - 1);
          Asked two = random.questions().get(i);
          if (one.model().subject() == two.model().subject()) {
            moved += compare(view, one, two);
          }
        }
      }
    }
    assertThat(moved).isGreaterThan(CASES);
  }

  private static int compare(View view, Asked one, Asked two) {
    int day = ExplainingTest.day(one);
    InUse from = ExplainingTest.draft(one.model());
    InUse to = ExplainingTest.draft(two.model());
    WhatIfs.Comparison found = new WhatIfs(view).compare(from, to, day, one.all());
    ScoreTable before = new Scoring(view).table(from, day, one.all());
    ScoreTable after = new Scoring(view).table(to, day, one.all());

    assertThat(found.ids())
        .containsExactlyInAnyOrder(
            Stream.concat(Stream.of(before.ids()), Stream.of(after.ids()))
                .distinct()
                .toArray(String[]::new));
    assertThat(sum(found.bands().before())).isEqualTo(found.ids().length);
    assertThat(sum(found.bands().after())).isEqualTo(found.ids().length);
    for (int row = 0; row < before.size(); row++) {
      int place = List.of(found.ids()).indexOf(before.ids()[row]);
      assertThat(found.before()[place]).isEqualTo(before.scores()[row]);
    }
    for (int row = 0; row < after.size(); row++) {
      int place = List.of(found.ids()).indexOf(after.ids()[row]);
      assertThat(found.after()[place]).isEqualTo(after.scores()[row]);
    }
    for (Movers.Mover mover : found.movers().up()) {
      assertThat(mover.after()).isEqualTo(found.after()[mover.subject()]);
    }
    return (int) found.changed();
  }

  private static int sum(List<Integer> counts) {
    return counts.stream().mapToInt(count -> count).sum();
  }
}
