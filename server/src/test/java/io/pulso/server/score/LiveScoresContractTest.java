package io.pulso.server.score;

import io.pulso.engine.model.Model;
import io.pulso.engine.time.LocalDays;
import io.pulso.server.store.Store;
import io.pulso.testkit.Asked;
import io.pulso.testkit.Scored;
import io.pulso.testkit.ScoringContract;
import io.pulso.testkit.World;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;

/// Scores in memory that every few records renew. What is not kept in memory is asked of the store.
class LiveScoresContractTest extends ScoringContract {
  @Override
  protected SortedMap<String, Scored> score(World world, Asked asked) {
    return Folders.with(folder -> {
      Store store = WorldStore.open(folder, world);
      InUse use = new InUse(asked.model(), InUse.DRAFT);
      List<InUse> models = List.of(use);
      LiveScores scores = new LiveScores(store, atTheEnd(world, asked), () -> models);
      scores.renew();
      try (WorldStore live =
          WorldStore.live(store, world, List.of(asked.model()), 4, scores::apply)) {
        return isInMemory(asked) ? answer(scores, use, asked) : live.byKernel(asked);
      }
    });
  }

  private static boolean isInMemory(Asked asked) {
    return asked.knownAt() == null
        && asked.model().subject() == Model.Subject.CUSTOMER
        && asked.model().method() != Model.Method.FIT;
  }

  private static Clock atTheEnd(World world, Asked asked) {
    long end = new LocalDays(world.zone()).end(Math.toIntExact(asked.asOf().toEpochDay()));
    return Clock.fixed(Instant.EPOCH.plus(end - 1, ChronoUnit.MICROS), ZoneOffset.UTC);
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
