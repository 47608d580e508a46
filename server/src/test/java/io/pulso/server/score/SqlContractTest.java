package io.pulso.server.score;

import io.pulso.testkit.Asked;
import io.pulso.testkit.Scored;
import io.pulso.testkit.ScoringContract;
import io.pulso.testkit.World;
import java.util.List;
import java.util.SortedMap;

/// The printed SQL from raw events to scores.
class SqlContractTest extends ScoringContract {
  @Override
  protected SortedMap<String, Scored> score(World world, Asked asked) {
    return Folders.with(folder -> {
      try (WorldStore store = WorldStore.of(folder, world, List.of(asked.model()), 1)) {
        return store.bySql(asked);
      }
    });
  }
}
