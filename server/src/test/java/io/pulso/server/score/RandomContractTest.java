package io.pulso.server.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.testkit.Asked;
import io.pulso.testkit.RandomContract;
import io.pulso.testkit.Scored;
import io.pulso.testkit.World;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// Kernel and printed SQL over one store give the same, and what the reference gives.
class RandomContractTest extends RandomContract {
  @TempDir Path folder;
  private @Nullable World world;
  private @Nullable WorldStore store;
  private int stores;

  @Override
  protected SortedMap<String, Scored> score(World asked, Asked question) {
    WorldStore open = open(asked, question);
    SortedMap<String, Scored> kernel = open.byKernel(question);
    assertThat(open.bySql(question)).isEqualTo(kernel);
    return kernel;
  }

  /// The store of a world, filled by one or two imports, or live in five batches where no copy of a
  /// message comes later than live loading remembers ids, while the first question's model is in
  /// use.
  private WorldStore open(World asked, Asked question) {
    WorldStore open = store;
    if (open == null || !asked.equals(world)) {
      close();
      Path place = folder.resolve(String.valueOf(stores++));
      open =
          stores % 3 == 0 && !WorldStore.repeatsLate(asked)
              ? WorldStore.live(place, asked, List.of(question.model()), 5)
              : WorldStore.of(place, asked, List.of(question.model()), stores % 3 == 2 ? 2 : 1);
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
      Folders.delete(folder.resolve(String.valueOf(stores - 1)));
    }
  }
}
