package io.pulso.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pulso.engine.metric.Place;
import io.pulso.testkit.ReferenceDraws.Added;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is drawn for intervals in random worlds: an engine must tell of each what [ReferenceDraws]
/// tells.
///
/// `-Dpulso.worlds=N` asks in so many worlds; `-Dpulso.seed=N` begins with that one, as a failure
/// names it.
public abstract class DrawnContract {
  private static final int SOME = 25;
  private static final int MANY = 2_000;

  /// What an engine tells of a period and part.
  ///
  /// @param added what each adds, in any order, without those who add nothing
  /// @param nobodys whether some of it is nobody's
  public record Told(List<Added> added, boolean nobodys) {}

  /// What an engine tells, by period and part.
  protected abstract Map<Place, Told> ask(World world, DrawnQuestion question);

  @Test
  void some_random_draws_are_those_of_the_reference() {
    compare(Long.getLong("pulso.seed", 1), Integer.getInteger("pulso.worlds", SOME));
  }

  @Test
  @Tag("long")
  void many_random_draws_are_those_of_the_reference() {
    compare(Long.getLong("pulso.seed", 6_000_000), Integer.getInteger("pulso.worlds", MANY));
  }

  private void compare(long first, int worlds) {
    int several = 0;
    for (long seed = first; seed < first + worlds; seed++) {
      RandomDraws random = RandomDraws.of(seed);
      for (DrawnQuestion question : random.questions()) {
        SortedMap<String, String> expected = new TreeMap<>();
        for (var each : ReferenceDraws.amounts(random.world(), question).entrySet()) {
          Map<String, Added> added = each.getValue();
          several += added.size() > 1 ? 1 : 0;
          boolean nobodys = added.remove("") != null;
          expected.put(name(each.getKey()), told(added.values(), nobodys));
        }
        SortedMap<String, String> actual = new TreeMap<>();
        ask(random.world(), question)
            .forEach((place, told) -> actual.put(name(place), told(told.added(), told.nobodys())));
        assertEquals(expected, actual, "seed %d: %s".formatted(seed, question));
      }
    }
    assertTrue(several > 0);
  }

  private static String name(Place place) {
    return MetricContract.name(place);
  }

  private static String told(Collection<Added> added, boolean nobodys) {
    return added.stream()
            .map(one -> "%.9g/%.9g".formatted(one.over() + 0.0, one.per() + 0.0))
            .sorted()
            .toList()
        + (nobodys ? " and nobody's" : "");
  }
}
