package io.pulso.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.metric.Draws;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Place;
import io.pulso.server.score.WorldStore;
import io.pulso.server.store.DrawnAmounts;
import io.pulso.server.store.View;
import io.pulso.testkit.DrawnContract;
import io.pulso.testkit.DrawnQuestion;
import io.pulso.testkit.RandomDraws;
import io.pulso.testkit.ReferenceDraws.Added;
import io.pulso.testkit.World;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// The store tells of each customer and value what the reference tells, in events and in rows that
/// are kept.
class DrawnContractTest extends DrawnContract {
  private static final int ANY = 1_000_000;

  @TempDir private Path folder;
  private @Nullable World world;
  private @Nullable WorldStore store;
  private int stores;
  private int kept;

  @Override
  protected Map<Place, Told> ask(World asked, DrawnQuestion question) {
    Map<Place, Told> told = new HashMap<>();
    try (View view = open(asked).view(null)) {
      Objects.requireNonNull(
              view.amounts()
                  .of(question.draws(), question.every(), question.periods(), question.by(), ANY))
          .forEach((place, each) -> {
            List<Added> added = added(each);
            if (!added.isEmpty() || each.isPartlyNobodys()) {
              told.put(place, new Told(added, each.isPartlyNobodys()));
            }
          });
    }
    return told;
  }

  private static List<Added> added(DrawnAmounts.Each each) {
    double[] over = each.over();
    double[] per = each.per();
    return IntStream.range(0, over.length).mapToObj(i -> new Added(over[i], per[i])).toList();
  }

  private WorldStore open(World asked) {
    WorldStore open = store;
    if (open == null || !asked.equals(world)) {
      close();
      RandomDraws random = RandomDraws.of(Long.getLong("pulso.seed", 1) + stores);
      assertThat(random.world()).isEqualTo(asked);
      Path place = folder.resolve(String.valueOf(stores++));
      open =
          stores % 2 == 0
              ? HalfKept.open(place, asked, random.questions().stream().flatMap(each -> of(each)))
              : WorldStore.of(place, asked, List.of(), stores % 3 == 2 ? 2 : 1);
      kept += (int) open.store().count("fact_row");
      store = open;
      world = asked;
    }
    return open;
  }

  private static Stream<Measure> of(DrawnQuestion question) {
    Draws draws = question.draws();
    return Stream.of(draws.over(), draws.per()).filter(Objects::nonNull).map(each -> each);
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
