package io.pulso.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Place;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random tickets: an engine must tell of how long they last and how many are open what
/// [ReferenceTickets] tells.
///
/// `-Dpulso.worlds=N` asks in so many worlds; `-Dpulso.seed=N` begins with that one, as a failure
/// names it.
public abstract class TicketContract {
  private static final int SOME = 12;
  private static final int MANY = 3_000;

  /// What an engine tells, by period and part.
  protected abstract Map<Place, Figure> figures(World world, TicketQuestion question);

  @Test
  void some_random_tickets_are_told_as_the_reference_tells_them() {
    compare(Long.getLong("pulso.seed", 1), Integer.getInteger("pulso.worlds", SOME));
  }

  @Test
  @Tag("long")
  void many_random_tickets_are_told_as_the_reference_tells_them() {
    compare(Long.getLong("pulso.seed", 5_000_000), Integer.getInteger("pulso.worlds", MANY));
  }

  private void compare(long first, int worlds) {
    int told = 0;
    for (long seed = first; seed < first + worlds; seed++) {
      RandomTickets random = RandomTickets.of(seed);
      for (TicketQuestion question : random.questions()) {
        SortedMap<String, String> expected =
            told(ReferenceTickets.figures(random.world(), question));
        assertEquals(
            expected,
            told(figures(random.world(), question)),
            "seed %d: %s".formatted(seed, question));
        told += expected.size();
      }
    }
    assertTrue(told > worlds, "hardly any ticket was asked for");
  }

  private static SortedMap<String, String> told(Map<Place, Figure> figures) {
    SortedMap<String, String> told = new TreeMap<>();
    figures.forEach((place, figure) -> {
      if (figure.n() > 0) {
        told.put(MetricContract.name(place), GroupContract.told(figure));
      }
    });
    return told;
  }
}
