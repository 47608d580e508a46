package io.pulso.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Select;
import io.pulso.engine.session.PathCounter;
import io.pulso.engine.session.Ways;
import io.pulso.server.score.WorldStore;
import io.pulso.server.store.SessionSteps;
import io.pulso.server.store.View;
import io.pulso.testkit.ReferencePaths;
import io.pulso.testkit.SessionContract;
import io.pulso.testkit.SessionQuestion;
import io.pulso.testkit.World;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.HashMap;
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

  /// By the query, and as metrics without parts are told.
  static Map<Place, Cell> count(View view, SessionQuestion question) {
    Map<Place, Cell> counted =
        view.sessions()
            .count(
                question.fact(),
                question.who(),
                question.every(),
                question.periods(),
                question.by());
    Measure.Sessions measure = new Measure.Sessions(question.fact(), question.who());
    if (question.by() == null && !ReturningCells.counts(measure)) {
      Map<Place, Cell> told =
          new HashMap<>(
              new SessionCells(view, new Counted(), question.periods())
                  .count(measure, question.periods()));
      told.values().removeIf(cell -> cell.n() == 0);
      assertThat(rounded(told)).isEqualTo(rounded(counted));
    }
    return counted;
  }

  /// Means of days are divided before they are added, or after it.
  private static Map<Place, Cell> rounded(Map<Place, Cell> cells) {
    Map<Place, Cell> rounded = new HashMap<>();
    cells.forEach((place, cell) ->
        rounded.put(
            place,
            Cell.sum(cell.n(), cell.total().round(new MathContext(30)).stripTrailingZeros())));
    return rounded;
  }

  @Override
  protected Map<String, Long> paths(World asked, Period period, PathCounter.Question question) {
    try (View view = open(asked).view(null)) {
      SessionSteps steps = view.sessions().steps();
      PathCounter counter = new PathCounter(question, steps::step);
      steps.read(period, Select.Who.ANYBODY, (subject, of, length) -> counter.take(of, length));
      Map<String, Long> told = new HashMap<>();
      if (counter.sessions() > 0) {
        told.put("sessions", (long) counter.sessions());
      }
      counter
          .top(Integer.MAX_VALUE)
          .forEach(way -> told.put("way " + texts(steps, way), (long) way.sessions()));
      counter.flow().forEach(way -> told.put("flow " + texts(steps, way), (long) way.sessions()));
      counter
          .pages()
          .forEach(page -> {
            String text = ReferencePaths.text(steps.step(page.step()));
            told.put("views " + text, page.views());
            told.put("entries " + text, page.entries());
            told.put("exits " + text, page.exits());
          });
      told.values().removeIf(n -> n == 0);
      return told;
    }
  }

  private static List<String> texts(SessionSteps steps, Ways.Way way) {
    return way.steps().stream()
        .filter(step -> step != PathCounter.NOTHING)
        .map(step -> step == PathCounter.EDGE ? "edge" : ReferencePaths.text(steps.step(step)))
        .toList();
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
