package io.pulso.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Interval;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random measures by band and by segment, and of everybody: an engine must tell what
/// [ReferenceGroups] tells.
///
/// `-Dpulso.worlds=N` asks in so many worlds; `-Dpulso.seed=N` begins with that one, as a failure
/// names it.
public abstract class GroupContract {
  private static final int SOME = 25;
  private static final int MANY = 3_000;

  /// What an engine tells of each band or segment.
  protected abstract Map<String, Figure> parts(World world, GroupQuestion question);

  /// What it tells of everybody.
  protected abstract Figure whole(World world, GroupQuestion question);

  @Test
  void some_random_measures_by_group_are_told_as_the_reference_tells_them() {
    compare(Long.getLong("pulso.seed", 1), Integer.getInteger("pulso.worlds", SOME));
  }

  @Test
  @Tag("long")
  void many_random_measures_by_group_are_told_as_the_reference_tells_them() {
    compare(Long.getLong("pulso.seed", 4_000_000), Integer.getInteger("pulso.worlds", MANY));
  }

  private void compare(long first, int worlds) {
    for (long seed = first; seed < first + worlds; seed++) {
      RandomGroups random = RandomGroups.of(seed);
      for (GroupQuestion question : random.questions()) {
        String what = "seed %d: %s".formatted(seed, question);
        assertEquals(
            told(ReferenceGroups.parts(random.world(), question)),
            told(parts(random.world(), question)),
            what);
        assertEquals(
            told(ReferenceGroups.whole(random.world(), question)),
            told(whole(random.world(), question)),
            what);
      }
    }
  }

  private static SortedMap<String, String> told(Map<String, Figure> parts) {
    SortedMap<String, String> told = new TreeMap<>();
    parts.forEach((name, figure) -> {
      if (figure.n() > 0) {
        told.put(name, told(figure));
      }
    });
    return told;
  }

  /// Twelve digits.
  static String told(Figure figure) {
    Interval interval = figure.interval();
    return "%s of %d, %s to %s"
        .formatted(
            told(figure.value()),
            figure.n(),
            told(interval == null ? null : (Double) interval.low()),
            told(interval == null ? null : (Double) interval.high()));
  }

  private static String told(@Nullable Double number) {
    return number == null ? "-" : "%.12g".formatted(number);
  }
}
