package io.pulso.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pulso.engine.journey.FunnelCounts;
import io.pulso.engine.journey.Lifecycle;
import io.pulso.engine.journey.Retention;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random journeys in random worlds: an engine must find what the references find.
///
/// `-Dpulso.worlds=N` asks in so many worlds; `-Dpulso.seed=N` begins with that one, as a failure
/// names it.
public abstract class JourneyContract {
  private static final int SOME = 25;
  private static final int MANY = 5_000;

  /// What becomes of those who enter a funnel, by part.
  protected abstract Map<@Nullable String, FunnelCounts> funnel(
      World world, FunnelQuestion question);

  /// Who came back.
  protected abstract List<Retention.Cohort> cohorts(World world, CohortQuestion question);

  /// What everybody was in each period.
  protected abstract List<Lifecycle.Stage> stages(World world, CohortQuestion question);

  @Test
  void some_random_funnels_are_told_as_the_reference_tells_them() {
    each(1, SOME, JourneyContract::funnels);
  }

  @Test
  @Tag("long")
  void many_random_funnels_are_told_as_the_reference_tells_them() {
    each(1_000_000, MANY, JourneyContract::funnels);
  }

  @Test
  void some_random_cohorts_and_lifecycles_are_told_as_the_reference_tells_them() {
    each(1, SOME, JourneyContract::cohorts);
  }

  @Test
  @Tag("long")
  void many_random_cohorts_and_lifecycles_are_told_as_the_reference_tells_them() {
    each(1_000_000, MANY, JourneyContract::cohorts);
  }

  private static void cohorts(JourneyContract engine, long seed, RandomJourneys random) {
    for (CohortQuestion question : random.cohorts()) {
      String what = "seed %d: %s".formatted(seed, question);
      assertEquals(
          ReferenceCohorts.cohorts(random.world(), question),
          engine.cohorts(random.world(), question),
          what);
      assertEquals(
          ReferenceCohorts.stages(random.world(), question),
          engine.stages(random.world(), question),
          what);
    }
  }

  private interface Comparing {
    void compare(JourneyContract engine, long seed, RandomJourneys random);
  }

  private void each(long usual, int worlds, Comparing comparing) {
    long first = Long.getLong("pulso.seed", usual);
    for (long seed = first; seed < first + Integer.getInteger("pulso.worlds", worlds); seed++) {
      comparing.compare(this, seed, RandomJourneys.of(seed));
    }
  }

  private static void funnels(JourneyContract engine, long seed, RandomJourneys random) {
    for (FunnelQuestion question : random.funnels()) {
      assertEquals(
          told(ReferenceFunnels.parts(random.world(), question)),
          told(engine.funnel(random.world(), question)),
          "seed %d: %s".formatted(seed, question));
    }
  }

  private static Map<String, String> told(Map<@Nullable String, FunnelCounts> parts) {
    Map<String, String> told = new TreeMap<>();
    BiConsumer<@Nullable String, FunnelCounts> one =
        (part, counts) ->
            told.put(
                String.valueOf(
                    part != null && part.startsWith("n:")
                        ? "n:" + Double.parseDouble(part.substring(2))
                        : part),
                counts.reached()
                    + " open "
                    + counts.open()
                    + counts.waits().stream().map(JourneyContract::told).toList()
                    + told(counts.whole()));
    parts.forEach(one);
    return told;
  }

  private static String told(FunnelCounts.Wait wait) {
    return "%s %s %s %d"
        .formatted(
            told(wait.median()), told(wait.p90()), told(wait.medianOfFinished()), wait.finished());
  }

  /// Twelve digits.
  private static String told(@Nullable Double number) {
    return number == null ? "-" : "%.12g".formatted(number);
  }
}
