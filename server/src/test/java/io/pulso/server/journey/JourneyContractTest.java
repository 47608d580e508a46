package io.pulso.server.journey;

import io.pulso.engine.journey.FunnelCounts;
import io.pulso.engine.journey.Lifecycle;
import io.pulso.engine.journey.Retention;
import io.pulso.server.score.WorldStore;
import io.pulso.server.store.View;
import io.pulso.testkit.CohortQuestion;
import io.pulso.testkit.FunnelQuestion;
import io.pulso.testkit.JourneyContract;
import io.pulso.testkit.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// The store tells of journeys what the references tell, also after it was loaded live.
class JourneyContractTest extends JourneyContract {
  @TempDir private Path folder;
  private @Nullable World world;
  private @Nullable WorldStore store;
  private int stores;

  @Override
  protected Map<@Nullable String, FunnelCounts> funnel(World asked, FunnelQuestion question) {
    try (View view = open(asked).view(null)) {
      return Funnels.parts(
          view,
          new FunnelAsked(question.funnel(), question.period(), question.by(), question.now()));
    }
  }

  @Override
  protected List<Retention.Cohort> cohorts(World asked, CohortQuestion of) {
    try (View view = open(asked).view(null)) {
      return Retentions.ask(
              view,
              new RetentionAsked(
                  of.per(),
                  of.who(),
                  of.begin(),
                  of.back(),
                  of.every(),
                  of.period(),
                  of.rolling(),
                  of.weekStart(),
                  of.today()))
          .cohorts();
    }
  }

  @Override
  protected List<Lifecycle.Stage> stages(World asked, CohortQuestion of) {
    try (View view = open(asked).view(null)) {
      return Lifecycles.ask(
          view,
          new LifecycleAsked(
              of.per(), of.who(), of.every(), of.period(), of.weekStart(), of.today()));
    }
  }

  private WorldStore open(World asked) {
    WorldStore open = store;
    if (open == null || !asked.equals(world)) {
      close();
      Path place = folder.resolve(String.valueOf(stores++));
      open =
          stores % 3 == 0 && !WorldStore.repeatsLate(asked)
              ? WorldStore.live(place, asked, List.of(), 4)
              : WorldStore.of(place, asked, List.of(), stores % 3 == 2 ? 2 : 1);
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
