package io.pulso.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Select;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random metrics over random worlds: an engine must count what [ReferenceMetrics] counts.
///
/// `-Dpulso.worlds=N` asks in so many worlds; `-Dpulso.seed=N` begins with that one, as a failure
/// names it.
public abstract class MetricContract {
  private static final int SOME = 25;
  private static final int MANY = 5_000;

  /// What an engine counts, by period and part.
  protected abstract Map<Place, Cell> count(World world, MetricQuestion question);

  /// How many were active on each of the days of a period or on the days of a window before it.
  protected abstract int[] active(World world, Select.Who who, Period period, int window);

  @Test
  void some_random_metrics_count_what_the_reference_counts() {
    compare(Long.getLong("pulso.seed", 1), Integer.getInteger("pulso.worlds", SOME));
  }

  @Test
  @Tag("long")
  void many_random_metrics_count_what_the_reference_counts() {
    compare(Long.getLong("pulso.seed", 1_000_000), Integer.getInteger("pulso.worlds", MANY));
  }

  private void compare(long first, int worlds) {
    for (long seed = first; seed < first + worlds; seed++) {
      RandomMetrics random = RandomMetrics.of(seed);
      for (MetricQuestion question : random.questions()) {
        assertEquals(
            told(ReferenceMetrics.count(random.world(), question)),
            told(count(random.world(), question)),
            "seed %d: %s".formatted(seed, question));
      }
      active(seed, random);
    }
  }

  private void active(long seed, RandomMetrics random) {
    int last = random.questions().getFirst().periods().getLast().last();
    Period period = new Period(last - 9, last);
    for (Select.Who who : Select.Who.values()) {
      int window = who == Select.Who.ANYBODY ? 1 : 7;
      int[] counts = active(random.world(), who, period, window);
      for (int i = 0; i < period.days(); i++) {
        int day = period.first() + i;
        assertEquals(
            ReferenceMetrics.active(random.world(), who, new Period(day - window + 1, day)),
            counts[i],
            "seed %d: %s active on day %d and the %d before".formatted(seed, who, day, window - 1));
      }
    }
  }

  /// Numbers as parts in one way of writing, and sums without trailing zeros.
  static Map<String, String> told(Map<Place, Cell> cells) {
    Map<String, String> told = new HashMap<>();
    cells.forEach((place, cell) ->
        told.put(
            name(place),
            cell.n()
                + " "
                + cell.total().stripTrailingZeros().toPlainString()
                + " "
                + cell.numbers()));
    return told;
  }

  static String name(Place place) {
    String part = place.part();
    String named =
        part != null && part.startsWith("n:") ? "n:" + Double.parseDouble(part.substring(2)) : part;
    return place.first() + " " + named;
  }
}
