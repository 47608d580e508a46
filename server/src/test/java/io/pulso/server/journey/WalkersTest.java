package io.pulso.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.session.PathCounter;
import io.pulso.engine.session.Step;
import io.pulso.server.score.WorldStore;
import io.pulso.server.store.SessionSteps;
import io.pulso.server.store.View;
import io.pulso.testkit.RandomSessions;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who went a way are those among whose own sessions it is counted.
class WalkersTest {
  private static final PathCounter.Question PAIRS = new PathCounter.Question(2, null, null);

  @TempDir private Path folder;

  @Test
  void who_took_a_way_or_left_by_a_page_are_those_in_whose_sessions_it_is_counted() {
    int ways = 0;
    int pages = 0;
    for (long seed = 1; seed <= 14; seed++) {
      RandomSessions random = RandomSessions.of(seed);
      int last = random.questions().getFirst().periods().getLast().last();
      Period period = new Period(last - 30, last);
      try (WorldStore store =
              WorldStore.of(folder.resolve("" + seed), random.world(), List.of(), 1);
          View view = store.view(null)) {
        Counted counted = Counted.of(view, period);
        for (Map.Entry<List<Step>, BitSet> way : counted.ways.entrySet()) {
          assertThat(Walkers.took(view, period, Select.Who.ANYBODY, way.getKey()))
              .as("seed %d: %s", seed, way.getKey())
              .isEqualTo(way.getValue());
          ways++;
        }
        for (boolean exit : new boolean[] {false, true}) {
          for (Map.Entry<String, BitSet> page : counted.edges(exit).entrySet()) {
            assertThat(Walkers.edge(view, period, Select.Who.ANYBODY, page.getKey(), exit))
                .as("seed %d: %s %s", seed, exit, page.getKey())
                .isEqualTo(page.getValue());
            pages++;
          }
        }
      }
    }
    assertThat(ways).isGreaterThan(20);
    assertThat(pages).isGreaterThan(20);
  }

  /// What is counted of each subject alone.
  private static final class Counted {
    private final Map<List<Step>, BitSet> ways = new HashMap<>();
    private final Map<String, BitSet> entries = new TreeMap<>();
    private final Map<String, BitSet> exits = new TreeMap<>();

    static Counted of(View view, Period period) {
      SessionSteps steps = view.sessions().steps();
      Map<Integer, PathCounter> counters = new HashMap<>();
      steps.read(
          period,
          Select.Who.ANYBODY,
          (subject, of, length) ->
              counters
                  .computeIfAbsent(subject, any -> new PathCounter(PAIRS, steps::step))
                  .take(of, length));
      Counted found = new Counted();
      counters.forEach((subject, counter) -> {
        counter
            .top(Integer.MAX_VALUE)
            .forEach(way ->
                found
                    .ways
                    .computeIfAbsent(
                        way.steps().stream().map(steps::step).toList(), any -> new BitSet())
                    .set(subject));
        for (PathCounter.Page page : counter.pages()) {
          String text = steps.step(page.step()).text();
          if (page.entries() > 0) {
            found.entries.computeIfAbsent(text, any -> new BitSet()).set(subject);
          }
          if (page.exits() > 0) {
            found.exits.computeIfAbsent(text, any -> new BitSet()).set(subject);
          }
        }
      });
      return found;
    }

    Map<String, BitSet> edges(boolean exit) {
      return exit ? exits : entries;
    }
  }
}
