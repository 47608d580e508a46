package io.pulso.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Select;
import io.pulso.server.score.WorldStore;
import io.pulso.server.store.View;
import io.pulso.testkit.MetricContract;
import io.pulso.testkit.MetricQuestion;
import io.pulso.testkit.RandomMetrics;
import io.pulso.testkit.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// The store counts what the reference counts, in events, and in rows that are kept and the events
/// that came since.
class MetricContractTest extends MetricContract {
  @TempDir private Path folder;
  private @Nullable World world;
  private @Nullable WorldStore store;
  private int stores;
  private int kept;

  @Override
  protected Map<Place, Cell> count(World asked, MetricQuestion question) {
    try (View view = open(asked).view(null)) {
      return view.facts()
          .count(question.leaf(), question.every(), question.periods(), question.by());
    }
  }

  @Override
  protected int[] active(World asked, Select.Who who, Period period, int window) {
    try (View view = open(asked).view(null)) {
      return view.activity().customers(who, null, period, List.of(window)).getFirst();
    }
  }

  private WorldStore open(World asked) {
    WorldStore open = store;
    if (open == null || !asked.equals(world)) {
      close();
      RandomMetrics random = RandomMetrics.of(Long.getLong("pulso.seed", 1) + stores);
      assertThat(random.world()).isEqualTo(asked);
      Path place = folder.resolve(String.valueOf(stores++));
      open =
          stores % 2 == 0
              ? HalfKept.open(place, asked, random.questions().stream().map(MetricQuestion::leaf))
              : WorldStore.of(place, asked, List.of(), stores % 3 == 2 ? 2 : 1);
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
