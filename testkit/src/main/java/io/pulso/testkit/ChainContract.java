package io.pulso.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Place;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random questions about what customers did one after the other: an engine must count what
/// [ReferenceChains] counts.
///
/// `-Dpulso.worlds=N` asks in so many worlds; `-Dpulso.seed=N` begins with that one, as a failure
/// names it.
public abstract class ChainContract {
  private static final int SOME = 25;
  private static final int MANY = 3_000;

  /// What an engine counts, by period and part.
  protected abstract Map<Place, Cell> count(World world, ChainQuestion question);

  @Test
  void some_random_chains_count_what_the_reference_counts() {
    compare(Long.getLong("pulso.seed", 1), Integer.getInteger("pulso.worlds", SOME));
  }

  @Test
  @Tag("long")
  void many_random_chains_count_what_the_reference_counts() {
    compare(Long.getLong("pulso.seed", 2_000_000), Integer.getInteger("pulso.worlds", MANY));
  }

  private void compare(long first, int worlds) {
    for (long seed = first; seed < first + worlds; seed++) {
      RandomChains random = RandomChains.of(seed);
      for (ChainQuestion question : random.questions()) {
        assertEquals(
            MetricContract.told(ReferenceChains.count(random.world(), question)),
            MetricContract.told(count(random.world(), question)),
            "seed %d: %s".formatted(seed, question));
      }
    }
  }
}
