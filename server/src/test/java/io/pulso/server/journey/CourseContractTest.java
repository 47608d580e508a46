package io.pulso.server.journey;

import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Place;
import io.pulso.server.score.WorldStore;
import io.pulso.server.store.View;
import io.pulso.testkit.CourseContract;
import io.pulso.testkit.CourseQuestion;
import io.pulso.testkit.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// The store tells who is lost and how long things take as the reference does, also after it was
/// loaded live.
class CourseContractTest extends CourseContract {
  @TempDir private Path folder;
  private @Nullable World world;
  private @Nullable WorldStore store;
  private int stores;

  @Override
  protected List<Figure> figures(World asked, CourseQuestion question) {
    try (View view = open(asked).view(null)) {
      Map<Place, Figure> figures =
          Courses.figures(view, question.course(), question.periods(), null, question.today());
      return question.periods().stream()
          .map(period -> figures.getOrDefault(new Place(period.first(), null), Figure.NONE))
          .toList();
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
