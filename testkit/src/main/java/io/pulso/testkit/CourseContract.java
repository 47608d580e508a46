package io.pulso.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pulso.engine.metric.Figure;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random questions about who is lost and how long things take: an engine must tell what
/// [ReferenceCourses] tells.
///
/// `-Dpulso.worlds=N` asks in so many worlds; `-Dpulso.seed=N` begins with that one, as a failure
/// names it.
public abstract class CourseContract {
  private static final int SOME = 25;
  private static final int MANY = 5_000;

  /// What an engine tells, in the order of the periods.
  protected abstract List<Figure> figures(World world, CourseQuestion question);

  @Test
  void some_random_courses_are_told_as_the_reference_tells_them() {
    compare(Long.getLong("pulso.seed", 1), Integer.getInteger("pulso.worlds", SOME));
  }

  @Test
  @Tag("long")
  void many_random_courses_are_told_as_the_reference_tells_them() {
    compare(Long.getLong("pulso.seed", 3_000_000), Integer.getInteger("pulso.worlds", MANY));
  }

  private void compare(long first, int worlds) {
    for (long seed = first; seed < first + worlds; seed++) {
      RandomCourses random = RandomCourses.of(seed);
      for (CourseQuestion question : random.questions()) {
        assertEquals(
            ReferenceCourses.figures(random.world(), question).stream()
                .map(GroupContract::told)
                .toList(),
            figures(random.world(), question).stream().map(GroupContract::told).toList(),
            "seed %d: %s".formatted(seed, question));
      }
    }
  }
}
