package io.pulso.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.journey.FunnelCounts;
import io.pulso.engine.journey.Lifecycle;
import io.pulso.engine.journey.Retention;
import io.pulso.engine.metric.Period;
import io.pulso.server.score.WorldStore;
import io.pulso.server.store.View;
import io.pulso.testkit.CohortQuestion;
import io.pulso.testkit.FunnelQuestion;
import io.pulso.testkit.JourneyContract;
import io.pulso.testkit.World;
import java.nio.file.Path;
import java.util.BitSet;
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
      List<Lifecycle.Stage> stages = Lifecycles.ask(view, asked(of, of.period()));
      stages.forEach(stage -> allAreListed(view, of, stage));
      return stages;
    }
  }

  private static LifecycleAsked asked(CohortQuestion of, Period period) {
    return new LifecycleAsked(of.per(), of.who(), of.every(), period, of.weekStart(), of.today());
  }

  /// The list of each kind is as long as the number says, and nobody is on two.
  private static void allAreListed(View view, CohortQuestion of, Lifecycle.Stage stage) {
    BitSet all = new BitSet();
    for (Lifecycle.Kind kind : Lifecycle.Kind.values()) {
      BitSet listed = Lifecycles.who(view, asked(of, stage.period()), kind);
      assertThat((long) listed.cardinality())
          .as("%s in %s of %s", kind, stage.period(), of)
          .isEqualTo(stage.count(kind));
      assertThat(all.intersects(listed)).isFalse();
      all.or(listed);
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
