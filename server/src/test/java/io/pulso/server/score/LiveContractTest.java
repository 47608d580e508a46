package io.pulso.server.score;

import io.pulso.testkit.Asked;
import io.pulso.testkit.Scored;
import io.pulso.testkit.ScoringContract;
import io.pulso.testkit.World;
import java.util.List;
import java.util.SortedMap;

/// The kernel over roll-ups that are renewed after every few records.
class LiveContractTest extends ScoringContract {
  @Override
  protected SortedMap<String, Scored> score(World world, Asked asked) {
    return Folders.with(folder -> {
      try (WorldStore store = WorldStore.live(folder, world, List.of(asked.model()), 4)) {
        return store.byKernel(asked);
      }
    });
  }
}
