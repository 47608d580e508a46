package io.pulso.server.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.model.Model;
import io.pulso.server.store.Store;
import io.pulso.testkit.Asked;
import io.pulso.testkit.RandomCase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random models over random worlds that come in batches: what is in memory is what the store
/// gives, to the digit, after each batch.
class RandomLiveScoresTest {
  private static final int BATCHES = 6;

  private int accounts;

  private void worlds(long first, int count) {
    for (long seed = first; seed < first + count; seed++) {
      try {
        world(RandomCase.of(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("the world of seed " + seed, e);
      }
    }
    assertThat(accounts).isGreaterThan(count / 4);
  }

  private void world(RandomCase random) {
    List<Asked> asked =
        random.questions().stream()
            .filter(each -> LiveScoresCheck.isInMemory(each.model()))
            .toList();
    List<Model> models = asked.stream().map(Asked::model).distinct().toList();
    accounts += models.stream().anyMatch(m -> m.subject() == Model.Subject.ACCOUNT) ? 1 : 0;
    boolean done =
        Folders.with(folder -> {
          Store store = WorldStore.open(folder, random.world());
          List<LiveScoresCheck> checks = new ArrayList<>();
          asked.forEach(each -> checks.add(new LiveScoresCheck(store, each.model(), each.asOf())));
          try (WorldStore live =
              WorldStore.live(
                  store,
                  random.world(),
                  models,
                  BATCHES,
                  change -> checks.forEach(check -> check.apply(change)))) {
            return live.store() == store;
          }
        });
    assertThat(done).isTrue();
  }

  @Test
  void scores_in_memory_are_those_of_the_store_after_each_batch_of_some_random_worlds() {
    worlds(Long.getLong("pulso.seed", 1), Integer.getInteger("pulso.cases", 15));
  }

  @Test
  @Tag("long")
  void scores_in_memory_are_those_of_the_store_after_each_batch_of_many_random_worlds() {
    worlds(Long.getLong("pulso.seed", 2_000_000), Integer.getInteger("pulso.cases", 3_000));
  }
}
