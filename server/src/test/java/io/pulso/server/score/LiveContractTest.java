package io.pulso.server.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.server.store.Store;
import io.pulso.testkit.Asked;
import io.pulso.testkit.Scored;
import io.pulso.testkit.ScoringContract;
import io.pulso.testkit.World;
import java.util.List;
import java.util.SortedMap;

/// The kernel over roll-ups that are renewed after every few records, and the scores in memory that
/// the same records renew.
class LiveContractTest extends ScoringContract {
  @Override
  protected SortedMap<String, Scored> score(World world, Asked asked) {
    return Folders.with(folder -> {
      Store store = WorldStore.open(folder, world);
      LiveScoresCheck check = new LiveScoresCheck(store, asked.model(), asked.asOf());
      try (WorldStore live =
          WorldStore.live(store, world, List.of(asked.model()), 4, check::apply)) {
        SortedMap<String, Scored> kernel = live.byKernel(asked);
        if (isInMemory(asked)) {
          assertThat(answer(check.scores(), new InUse(asked.model(), InUse.DRAFT), asked))
              .as("in memory")
              .isEqualTo(kernel);
        }
        return kernel;
      }
    });
  }

  private static boolean isInMemory(Asked asked) {
    return asked.knownAt() == null && LiveScoresCheck.isInMemory(asked.model());
  }

  private static SortedMap<String, Scored> answer(LiveScores scores, InUse use, Asked asked) {
    SortedMap<String, Scored> found = WorldStore.byId();
    Integer day =
        scores.each(
            use,
            (number, id, identified, firstDay, score, inactive, ramping) -> {
              if (identified || asked.all()) {
                found.put(id, WorldStore.scored(use.model(), id, score, inactive));
              }
            });
    if (day == null) {
      throw new AssertionError("the model is not in memory");
    }
    return found;
  }
}
