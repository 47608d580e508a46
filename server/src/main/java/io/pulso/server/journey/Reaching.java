package io.pulso.server.journey;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.journey.Retention;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.Survival;
import io.pulso.engine.model.Model;
import io.pulso.engine.sql.StepSql;
import io.pulso.server.store.Journeys;
import io.pulso.server.store.Members;
import io.pulso.server.store.View;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How long it takes customers from their first event to another one.
///
/// @param first of each customer, in microseconds
/// @param reached the first instant from there on at which each did it
/// @param known an instant up to which, excluded, everything is known
@SuppressWarnings("ArrayRecordComponent") // columns of many rows
record Reaching(
    View view,
    Measure.Tell tell,
    Members members,
    long[] first,
    long[] reached,
    int begun,
    long known) {
  private static final double SECOND = 1e6;
  private static final long NOT_YET = Long.MAX_VALUE;

  static Reaching read(View view, Measure.Reaching reaching, int last, int today) {
    Expression to = reaching.to();
    int begun = view.firstDay().orElse(Integer.MAX_VALUE);
    long known = Courses.known(view, last, today);
    Members members = view.members(Model.Subject.CUSTOMER);
    if (to == null || begun > last) {
      return new Reaching(view, reaching.tell(), members, new long[0], new long[0], begun, known);
    }
    long[] first = view.journeys().firsts(members.span());
    return new Reaching(
        view,
        reaching.tell(),
        members,
        first,
        reached(view, to, first, begun, known),
        begun,
        known);
  }

  /// @param among the numbers of those who count; null for all
  Map<Place, Figure> figures(List<Period> periods, @Nullable BitSet among) {
    Map<Place, Figure> figures = new HashMap<>();
    for (Period period : periods) {
      Survival lasting = new Survival();
      for (int subject = 0; subject < first.length; subject++) {
        boolean ended = reached[subject] != NOT_YET;
        boolean counts =
            members.identified().get(subject)
                && (among == null || among.get(subject))
                && members.firstDays()[subject] != Members.NEVER
                && members.firstDays()[subject] >= begun + Retention.EXISTING_DAYS
                && first[subject] < known
                && (ended || !tell.isOfFinished());
        int day =
            !counts
                ? Integer.MIN_VALUE
                : tell.isOfFinished()
                    ? view.days().day(reached[subject])
                    : members.firstDays()[subject];
        if (counts && period.first() <= day && day <= period.last()) {
          lasting.add((ended ? reached[subject] : known) - first[subject], ended);
        }
      }
      figures.put(
          new Place(period.first(), null),
          Courses.figure(tell.of(lasting), lasting.size(), SECOND));
    }
    return figures;
  }

  /// The first instant from the first event on at which each did it.
  private static long[] reached(View view, Expression to, long[] first, int begun, long known) {
    long[] reached = new long[first.length];
    Arrays.fill(reached, NOT_YET);
    int last = Math.max(begun, view.lastDay().orElse(begun));
    view.journeys()
        .steps(
            new Journeys.Asked(
                List.of(to.condition()),
                new StepSql.Owner.Customer(),
                Select.Who.IDENTIFIED,
                false,
                null,
                new Period(begun, last),
                begun,
                0,
                known),
            (owner, at, which, part, subject) -> {
              if (owner < first.length && at >= first[owner]) {
                reached[owner] = Math.min(reached[owner], at);
              }
            });
    return reached;
  }
}
