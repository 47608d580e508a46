package io.pulso.server.score;

import io.pulso.server.store.Store;
import io.pulso.testkit.Asked;
import io.pulso.testkit.Scored;
import io.pulso.testkit.ScoringContract;
import io.pulso.testkit.World;
import java.util.List;
import java.util.SortedMap;

/// Scores in memory that every few records renew. What is not kept in memory is asked of the store.
class LiveScoresContractTest extends ScoringContract {
  @Override
  protected SortedMap<String, Scored> score(World world, Asked asked) {
    return Folders.with(folder -> {
      Store store = WorldStore.open(folder, world);
      LiveScoresCheck check = new LiveScoresCheck(store, asked.model(), asked.asOf());
      try (WorldStore live =
          WorldStore.live(store, world, List.of(asked.model()), 4, check::apply)) {
        return isInMemory(asked)
            ? answer(check.scores(), new InUse(asked.model(), InUse.DRAFT), asked)
            : live.byKernel(asked);
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
