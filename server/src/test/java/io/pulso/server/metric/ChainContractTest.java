package io.pulso.server.metric;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Place;
import io.pulso.server.score.WorldStore;
import io.pulso.server.store.View;
import io.pulso.testkit.ChainContract;
import io.pulso.testkit.ChainQuestion;
import io.pulso.testkit.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// The store counts what customers did one after the other as the reference does.
class ChainContractTest extends ChainContract {
  @TempDir private Path folder;
  private @Nullable World world;
  private @Nullable WorldStore store;
  private int stores;

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
      open = WorldStore.of(folder.resolve(String.valueOf(stores++)), asked, List.of(), 1);
      store = open;
      world = asked;
    }
    return open;
  }

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
