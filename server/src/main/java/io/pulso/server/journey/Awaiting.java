package io.pulso.server.journey;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.sql.StepSql;
import io.pulso.server.store.Journeys;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What customers wait for, such as a reply to a message: each from its event to the first later
/// one of the same customer that answers it.
final class Awaiting {
  private static final int ASKED = 1;
  private static final int ANSWER = 2;
  private static final long NOT_YET = -1;

  private final List<ThingReading.Thing> all = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private int owner = -1;

  /// What nobody has answered so far.
  private record Waiting(long at, @Nullable String part) {}

  private Awaiting() {}

  /// @param known an instant up to which, excluded, everything is known
  static ThingReading read(View view, Select of, Expression answer, @Nullable Path by, long known) {
    int first = view.firstDay().orElse(0);
    int last = Math.max(first, view.lastDay().orElse(0));
    Awaiting reading = new Awaiting();
    view.journeys()
        .steps(
            new Journeys.Asked(
                List.of(of.match().condition(), answer.condition()),
                new StepSql.Owner.Customer(),
                of.who(),
                false,
                by,
                new Period(first, last),
                first,
                0,
                known),
            (whose, at, which, part, subject) -> reading.take(whose, at, which, part));
    reading.end(NOT_YET, Long.MAX_VALUE);
    return new ThingReading(view.days(), reading.all, known);
  }

  private void take(int whose, long at, int which, @Nullable String part) {
    if (whose != owner) {
      end(NOT_YET, Long.MAX_VALUE);
      owner = whose;
    }
    if ((which & ANSWER) != 0) {
      end(at, at);
    }
    if ((which & ASKED) != 0) {
      waiting.add(new Waiting(at, part));
    }
  }

  /// All that was asked before an instant has waited until then.
  private void end(long at, long before) {
    waiting.removeIf(each -> {
      boolean ends = each.at < before;
      if (ends) {
        all.add(new ThingReading.Thing(each.at, at, each.part, owner, List.of()));
      }
      return ends;
    });
  }
}
