package io.pulso.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Place;
import io.pulso.engine.model.Model;
import io.pulso.server.journey.Courses;
import io.pulso.server.score.WorldStore;
import io.pulso.server.store.View;
import io.pulso.testkit.RandomTickets;
import io.pulso.testkit.TicketContract;
import io.pulso.testkit.TicketQuestion;
import io.pulso.testkit.World;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// The store tells of tickets what the reference tells, in events, and in rows that are kept and
/// the events that came since.
class TicketContractTest extends TicketContract {
  @TempDir private Path folder;
  private @Nullable World world;
  private @Nullable WorldStore store;
  private int stores;
  private int kept;

  @Override
  protected Map<Place, Figure> figures(World asked, TicketQuestion question) {
    try (View view = open(asked).view(null)) {
      Set<String> among = question.among();
      if (among == null) {
        return Courses.figures(
            view, question.course(), question.periods(), question.by(), question.today());
      }
      var period = question.periods().getFirst();
      Figure figure =
          Courses.ofGroups(
                  view,
                  question.course(),
                  period,
                  Map.of("some", numbers(view, among)),
                  question.today())
              .getOrDefault("some", Figure.NONE);
      return Map.of(new Place(period.first(), null), figure);
    }
  }

  private static BitSet numbers(View view, Set<String> customers) {
    BitSet numbers = new BitSet();
    customers.forEach(
        customer -> numbers.set(view.subject(Model.Subject.CUSTOMER, customer).orElseThrow()));
    return numbers;
  }

  private WorldStore open(World asked) {
    WorldStore open = store;
    if (open == null || !asked.equals(world)) {
      close();
      RandomTickets random = RandomTickets.of(Long.getLong("pulso.seed", 1) + stores);
      assertThat(random.world()).isEqualTo(asked);
      Path place = folder.resolve(String.valueOf(stores++));
      open =
          stores % 2 == 0
              ? HalfKept.open(place, asked, random.questions().stream().map(TicketQuestion::course))
              : WorldStore.of(place, asked, List.of(), stores % 3 == 2 ? 2 : 1);
      kept += (int) open.store().count("fact_row");
      store = open;
      world = asked;
    }
    return open;
  }

  @AfterEach
  void some_rows_were_kept() {
    close();
    assertThat(kept).isPositive();
  }

  private void close() {
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
