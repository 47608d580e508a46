package io.pulso.server.journey;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.sql.StepSql;
import io.pulso.engine.time.LocalDays;
import io.pulso.server.store.Journeys;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Things, such as tickets, from their first event to their end, as far as it is known.
///
/// @param known an instant up to which, excluded, everything is known
record ThingReading(LocalDays days, List<Thing> all, long known) {
  private static final int FROM = 1;
  private static final int TO = 2;
  private static final int AGAIN = 4;

  /// One of them.
  ///
  /// @param start its first event, in microseconds
  /// @param end its end; -1 while it is open
  /// @param part what things are broken down by, at its start, else later
  /// @param subject whose it is; -1 for nobody's
  /// @param turns when it ended and was opened again, by turns
  record Thing(long start, long end, @Nullable String part, int subject, List<Long> turns) {
    /// Whether it was open just before an instant.
    boolean isOpenAt(long instant) {
      if (start >= instant) {
        return false;
      }
      int turn = 0;
      while (turn < turns.size() && turns.get(turn) < instant) {
        turn++;
      }
      return turn % 2 == 0;
    }
  }

  static ThingReading read(View view, Measure.Span span, @Nullable Path by, long known) {
    int first = view.firstDay().orElse(0);
    int last = Math.max(first, view.lastDay().orElse(0));
    List<Condition> steps = span.steps().stream().map(Expression::condition).toList();
    List<Thing> all = new ArrayList<>();
    Making making = new Making(span.last());
    int[] present = {-1};
    view.journeys()
        .steps(
            new Journeys.Asked(
                steps,
                new StepSql.Owner.Thing(span.of()),
                Select.Who.ANYBODY,
                false,
                by,
                new Period(first, last),
                first,
                0,
                known),
            (owner, at, which, part, subject) -> {
              if (owner != present[0]) {
                making.end(all);
                present[0] = owner;
              }
              making.add(at, which, part, subject);
            });
    making.end(all);
    return new ThingReading(view.days(), all, known);
  }

  /// Those of some customers alone.
  ///
  /// @param members their numbers; null for all
  ThingReading of(@Nullable BitSet members) {
    return members == null
        ? this
        : new ThingReading(
            days,
            all.stream()
                .filter(thing -> thing.subject() >= 0 && members.get(thing.subject()))
                .toList(),
            known);
  }

  int day(long instant) {
    return days.day(instant);
  }

  /// The first instant after a day.
  long end(int day) {
    return days.end(day);
  }

  /// One thing in the making. At one instant it begins, then ends, then is opened again.
  private static final class Making {
    private final boolean last;
    private final List<Long> turns = new ArrayList<>();
    private long start = -1;
    private int subject = -1;
    private @Nullable String part;
    private @Nullable String later;
    private boolean begun;

    /// The last end, which further ones move while it was not opened again.
    private long ended = -1;

    Making(boolean last) {
      this.last = last;
    }

    void add(long at, int which, @Nullable String value, int whose) {
      if ((which & FROM) != 0 && !begun) {
        begun = true;
        start = at;
        subject = whose;
        part = value;
        turns.clear();
        ended = -1;
      }
      if (!begun) {
        return;
      }
      if (subject < 0) {
        subject = whose;
      }
      if (later == null) {
        later = value;
      }
      boolean isEnded = turns.size() % 2 == 1;
      if ((which & TO) != 0 && (ended < 0 || last)) {
        ended = at;
        if (!isEnded) {
          turns.add(at);
        }
      } else if ((which & AGAIN) != 0 && isEnded && last) {
        turns.add(at);
      }
    }

    void end(List<Thing> to) {
      if (begun) {
        boolean open = turns.size() % 2 == 0;
        to.add(
            new Thing(
                start,
                open ? -1 : ended,
                part == null ? later : part,
                subject,
                List.copyOf(turns)));
      }
      begun = false;
      start = -1;
      subject = -1;
      part = null;
      later = null;
      ended = -1;
      turns.clear();
    }
  }
}
