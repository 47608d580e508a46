package io.pulso.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.metric.Formula;
import io.pulso.engine.metric.Measure;
import io.pulso.server.score.WorldStore;
import io.pulso.server.store.Store;
import io.pulso.testkit.World;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A world of which metrics are counted in kept rows, in part: half of its batches came after these
/// were made.
final class HalfKept {
  private static final int BATCHES = 4;

  private HalfKept() {}

  /// @param asked what metrics count
  static WorldStore open(Path folder, World world, Stream<? extends Measure> asked) {
    List<Measure.Leaf> leaves =
        asked.flatMap(measure -> Formula.leaves(measure).stream()).distinct().toList();
    if (WorldStore.repeatsLate(world)) {
      WorldStore whole = WorldStore.of(folder, world, List.of(), 1);
      keep(whole.store(), leaves);
      return whole;
    }
    Store store = WorldStore.open(folder, world);
    int[] batch = {0};
    return WorldStore.live(
        store,
        world,
        List.of(),
        BATCHES,
        change -> {
          if (++batch[0] == BATCHES / 2) {
            keep(store, leaves);
          }
        });
  }

  private static void keep(Store store, List<Measure.Leaf> leaves) {
    store.upkeep().facts().renew(leaves);
    assertThat(store.upkeep().facts().isDue(leaves)).isFalse();
  }
}
