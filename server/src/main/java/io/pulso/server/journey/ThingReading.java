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
  private static final long OPEN = -1;
  private static final int NOBODY = -1;

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

  /// One thing in the making. At one instant it begins, then ends, then is opened again, in
  /// whatever order its events come.
  private static final class Making {
    private final boolean last;
    private final List<Long> turns = new ArrayList<>();
    private final Instant now = new Instant();
    private boolean begun;
    private long start;
    private int subject = NOBODY;
    private @Nullable String part;
    private @Nullable String later;

    /// The last end, which further ones move while it was not opened again.
    private long ended = OPEN;

    Making(boolean last) {
      this.last = last;
    }

    void add(long at, int which, @Nullable String value, int whose) {
      if (at != now.at) {
        pass();
        now.at = at;
      }
      now.add(which, value, whose);
    }

    /// All events of an instant were told.
    private void pass() {
      if (!begun && now.did(FROM)) {
        begun = true;
        start = now.at;
        subject = now.subject;
        part = now.part;
      }
      if (begun) {
        subject = subject == NOBODY ? now.anySubject() : subject;
        later = later == null ? now.anyPart() : later;
        if (now.did(TO) && (ended == OPEN || last)) {
          ended = now.at;
          turn(true);
        }
        if (now.did(AGAIN) && last) {
          turn(false);
        }
      }
      now.clear();
    }

    private void turn(boolean toEnd) {
      boolean isEnded = turns.size() % 2 == 1;
      if (isEnded != toEnd) {
        turns.add(now.at);
      }
    }

    void end(List<Thing> to) {
      pass();
      if (begun) {
        boolean open = turns.size() % 2 == 0;
        to.add(
            new Thing(
                start,
                open ? OPEN : ended,
                part == null ? later : part,
                subject,
                List.copyOf(turns)));
      }
      begun = false;
      subject = NOBODY;
      part = null;
      later = null;
      ended = OPEN;
      turns.clear();
    }
  }

  /// What the events of one instant say. Of several parts the least holds, and of several customers
  /// the one with the least number, so that it is no matter of chance.
  private static final class Instant {
    private long at;
    private int which;

    /// What those say that can begin it.
    private @Nullable String part;

    private int subject;

    /// What the others say.
    private @Nullable String otherPart;

    private int otherSubject;

    Instant() {
      clear();
    }

    void add(int bits, @Nullable String value, int whose) {
      which |= bits;
      if ((bits & FROM) != 0) {
        part = least(part, value);
        subject = least(subject, whose);
      } else {
        otherPart = least(otherPart, value);
        otherSubject = least(otherSubject, whose);
      }
    }

    boolean did(int step) {
      return (which & step) != 0;
    }

    @Nullable String anyPart() {
      return least(part, otherPart);
    }

    int anySubject() {
      return least(subject, otherSubject);
    }

    void clear() {
      which = 0;
      part = null;
      subject = NOBODY;
      otherPart = null;
      otherSubject = NOBODY;
    }

    private static @Nullable String least(@Nullable String one, @Nullable String other) {
      return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
    }

    private static int least(int one, int other) {
      return one == NOBODY || (other != NOBODY && other < one) ? other : one;
    }
  }
}
