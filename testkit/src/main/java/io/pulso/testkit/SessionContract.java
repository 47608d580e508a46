package io.pulso.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.session.PathCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Sessions in random worlds: an engine must count what [ReferenceSessions] counts.
///
/// `-Dpulso.worlds=N` asks in so many worlds; `-Dpulso.seed=N` begins with that one, as a failure
/// names it.
public abstract class SessionContract {
  private static final int SOME = 25;
  private static final int MANY = 2_000;

  /// What an engine counts, by period and part.
  protected abstract Map<Place, Cell> count(World world, SessionQuestion question);

  /// The ways that sessions take, as [ReferencePaths] tells them.
  protected abstract Map<String, Long> paths(
      World world, Period period, PathCounter.Question question);

  @Test
  void some_random_worlds_have_the_sessions_of_the_reference() {
    compare(Long.getLong("pulso.seed", 1), Integer.getInteger("pulso.worlds", SOME));
  }

  @Test
  @Tag("long")
  void many_random_worlds_have_the_sessions_of_the_reference() {
    compare(Long.getLong("pulso.seed", 1_000_000), Integer.getInteger("pulso.worlds", MANY));
  }

  private void compare(long first, int worlds) {
    for (long seed = first; seed < first + worlds; seed++) {
      RandomSessions random = RandomSessions.of(seed);
      for (SessionQuestion question : random.questions()) {
        assertEquals(
            told(ReferenceSessions.count(random.world(), question)),
            told(count(random.world(), question)),
            "seed %d: %s".formatted(seed, question));
      }
      paths(seed, random);
    }
  }

  private void paths(long seed, RandomSessions random) {
    int last = random.questions().getFirst().periods().getLast().last();
    Period period = new Period(last - (int) (seed % 40), last);
    List<String> anchors = new ArrayList<>(RandomWorlds.NAMES);
    anchors.add("Login");
    String anchor = anchors.get((int) (seed / 4 % anchors.size()));
    PathCounter.Question question =
        new PathCounter.Question(
            2 + (int) (seed % 4), seed % 3 == 1 ? anchor : null, seed % 3 == 2 ? anchor : null);
    assertEquals(
        ReferencePaths.told(random.world(), period, question),
        new TreeMap<>(paths(random.world(), period, question)),
        "seed %d: %s in %s".formatted(seed, question, period));
  }

  /// Numbers as parts in one way of writing, and sums without trailing zeros.
  private static Map<String, String> told(Map<Place, Cell> cells) {
    Map<String, String> told = new TreeMap<>();
    cells.forEach((place, cell) -> {
      told.put(
          MetricContract.name(place),
          cell.n() + " " + cell.total().stripTrailingZeros().toPlainString());
    });
    return told;
  }
}
