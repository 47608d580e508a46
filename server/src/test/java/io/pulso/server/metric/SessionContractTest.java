package io.pulso.server.metric;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Place;
import io.pulso.server.score.WorldStore;
import io.pulso.server.store.View;
import io.pulso.testkit.SessionContract;
import io.pulso.testkit.SessionQuestion;
import io.pulso.testkit.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// The store makes the sessions of the reference, at once or bit by bit.
class SessionContractTest extends SessionContract {
  @TempDir private Path folder;
  private @Nullable World world;
  private @Nullable WorldStore store;
  private int stores;

  @Override
  protected Map<Place, Cell> count(World asked, SessionQuestion question) {
    try (View view = open(asked).view(null)) {
      return count(view, question);
    }
  }

  static Map<Place, Cell> count(View view, SessionQuestion question) {
    return view.sessions()
        .count(
            question.fact(), question.who(), question.every(), question.periods(), question.by());
  }

  private WorldStore open(World asked) {
    WorldStore open = store;
    if (open == null || !asked.equals(world)) {
      close();
      Path place = folder.resolve(String.valueOf(stores++));
      open =
          stores % 2 == 0 && !WorldStore.repeatsLate(asked)
              ? live(place, asked)
              : WorldStore.of(place, asked, List.of(), stores % 3 + 1);
      store = open;
      world = asked;
    }
    return open;
  }

  /// Asked after each batch, so that each renews what was made before.
  private static WorldStore live(Path place, World asked) {
    var store = WorldStore.open(place, asked);
    return WorldStore.live(
        store,
        asked,
        List.of(),
        6,
        changed -> {
          try (View view = store.now()) {
            view.sessions().renew();
          }
        });
  }

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
