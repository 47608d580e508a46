package io.pulso.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Place;
import io.pulso.server.score.WorldStore;
import io.pulso.server.store.View;
import io.pulso.testkit.ChainContract;
import io.pulso.testkit.ChainQuestion;
import io.pulso.testkit.RandomChains;
import io.pulso.testkit.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// The store counts what customers did one after the other as the reference does, in events, and in
/// rows that are kept and the events that came since.
class ChainContractTest extends ChainContract {
  @TempDir private Path folder;
  private @Nullable World world;
  private @Nullable WorldStore store;
  private int stores;
  private int kept;

  @Override
  protected Map<Place, Cell> count(World asked, ChainQuestion question) {
    try (View view = open(asked).view(null)) {
      return view.facts()
          .chain(
              question.chain(),
              question.every(),
              question.periods(),
              question.by(),
              view.firstDay().orElse(0),
              question.today());
    }
  }

  private WorldStore open(World asked) {
    WorldStore open = store;
    if (open == null || !asked.equals(world)) {
      close();
      RandomChains random = RandomChains.of(Long.getLong("pulso.seed", 1) + stores);
      assertThat(random.world()).isEqualTo(asked);
      Path place = folder.resolve(String.valueOf(stores++));
      open =
          stores % 2 == 0
              ? HalfKept.open(place, asked, random.questions().stream().map(ChainQuestion::chain))
              : WorldStore.of(place, asked, List.of(), 1);
      kept += (int) open.store().count("fact_row");
      store = open;
      world = asked;
    }
    return open;
  }

  @AfterEach
  void some_rows_were_kept() {
    close();
    assertThat(kept).isPositive();
  }

  private void close() {
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
