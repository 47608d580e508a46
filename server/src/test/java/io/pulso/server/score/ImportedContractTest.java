package io.pulso.server.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.testkit.Asked;
import io.pulso.testkit.Scored;
import io.pulso.testkit.ScoringContract;
import io.pulso.testkit.World;
import java.util.List;
import java.util.SortedMap;

/// The kernel over the store's roll-ups, brought up to date by two imports, and the compiled SQL
/// over the same records.
class ImportedContractTest extends ScoringContract {
  @Override
  protected SortedMap<String, Scored> score(World world, Asked asked) {
    return Folders.with(folder -> {
      try (WorldStore store = WorldStore.of(folder, world, List.of(asked.model()), 2)) {
        SortedMap<String, Scored> kernel = store.byKernel(asked);
        assertThat(store.bySql(asked)).as("by SQL").isEqualTo(kernel);
        return kernel;
      }
    });
  }
}
