package io.pulso.server.journey;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.Path;
import io.pulso.engine.journey.Stays;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.Survival;
import io.pulso.server.store.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Figures of how long things last and who is lost.
public final class Courses {
  private static final double SECOND = 1e6;
  private static final double DAY_SECONDS = 86_400;

  private Courses() {}

  /// The figures, by period and part. What is not there has no value.
  ///
  /// @param periods in order, each beginning on the day after the one before
  /// @param by what things are broken down by; null for one part
  /// @param today the local day that is not over yet
  public static Map<Place, Figure> figures(
      View view, Measure.Course course, List<Period> periods, @Nullable Path by, int today) {
    return switch (course) {
      case Measure.Lasting(Measure.Span span, Measure.Tell tell) ->
          lasting(ThingReading.read(view, span, by, known(view, periods, today)), tell, periods);
      case Measure.Open(Measure.Span span) ->
          open(ThingReading.read(view, span, by, known(view, periods, today)), periods);
      case Measure.Leaving(Measure.Loss loss, boolean kept) ->
          leaving(view, loss, kept, periods, today);
      case Measure.Staying(Measure.Loss loss, Measure.Tell tell) ->
          staying(view, loss, tell, periods, today);
      case Measure.Awaiting(Select of, Expression answer, Measure.Tell tell) ->
          lasting(Awaiting.read(view, of, answer, by, known(view, periods, today)), tell, periods);
      case Measure.Reaching reaching -> Reaching.figures(view, reaching, periods, today);
    };
  }

  /// Up to which instant everything is known: the end of yesterday, or of the data; where today is
  /// asked for too, the end of the data.
  static long known(View view, List<Period> periods, int today) {
    long end = view.lastEnd().orElse(Long.MIN_VALUE);
    return periods.getLast().last() < today ? Math.min(view.days().start(today), end) : end;
  }

  private static @Nullable Period period(List<Period> periods, int day) {
    for (Period period : periods) {
      if (period.first() <= day && day <= period.last()) {
        return period;
      }
    }
    return null;
  }

  private static Map<Place, Figure> lasting(
      ThingReading things, Measure.Tell tell, List<Period> periods) {
    Map<Place, Survival> found = new HashMap<>();
    for (ThingReading.Thing thing : things.all()) {
      boolean ended = thing.end() >= 0;
      if (tell.isOfFinished() && !ended) {
        continue;
      }
      Period period =
          period(periods, things.day(tell.isOfFinished() ? thing.end() : thing.start()));
      if (period != null) {
        found
            .computeIfAbsent(new Place(period.first(), thing.part()), ignored -> new Survival())
            .add((ended ? thing.end() : things.known()) - thing.start(), ended);
      }
    }
    Map<Place, Figure> figures = new HashMap<>();
    found.forEach(
        (place, lasting) -> figures.put(place, figure(tell.of(lasting), lasting.size(), SECOND)));
    return figures;
  }

  static Figure figure(@Nullable Double value, long n, double unit) {
    return new Figure(value == null ? null : (Double) (value / unit), n, null);
  }

  private static Map<Place, Figure> open(ThingReading things, List<Period> periods) {
    Map<Place, Long> counts = new HashMap<>();
    for (Period period : periods) {
      long end = Math.min(things.end(period.last()), things.known());
      for (ThingReading.Thing thing : things.all()) {
        if (thing.isOpenAt(end)) {
          counts.merge(new Place(period.first(), thing.part()), 1L, Long::sum);
        }
      }
    }
    Map<Place, Figure> figures = new HashMap<>();
    counts.forEach((place, n) -> figures.put(place, new Figure((double) n, n, null)));
    return figures;
  }

  private static Map<Place, Figure> leaving(
      View view, Measure.Loss loss, boolean kept, List<Period> periods, int today) {
    Map<Place, Figure> figures = new HashMap<>();
    Leaving leaving = Leaving.read(view, loss, periods.getLast().last(), today);
    if (!leaving.isKnown()) {
      return figures;
    }
    for (Stays.Stay stay : leaving.stays(periods)) {
      boolean told = stay.period().last() <= leaving.lastTold();
      figures.put(
          new Place(stay.period().first(), null),
          told ? share(stay, kept) : new Figure(null, stay.start(), null));
    }
    return figures;
  }

  private static Figure share(Stays.Stay stay, boolean kept) {
    long some = kept ? stay.kept() : stay.lost();
    if (stay.start() == 0) {
      return Figure.NONE;
    }
    boolean ofStart = kept || stay.lost() == stay.lostOfStart();
    return new Figure(
        (double) some / stay.start(),
        stay.start(),
        ofStart ? Interval.wilson(some, stay.start()) : null);
  }

  private static Map<Place, Figure> staying(
      View view, Measure.Loss loss, Measure.Tell tell, List<Period> periods, int today) {
    Map<Place, Figure> figures = new HashMap<>();
    Leaving leaving = Leaving.read(view, loss, periods.getLast().last(), today);
    for (Period period : periods) {
      if (leaving.isKnown()) {
        Survival lasting = leaving.lifetimes(period, tell.isOfFinished());
        figures.put(
            new Place(period.first(), null),
            figure(tell.of(lasting), lasting.size(), 1 / DAY_SECONDS));
      }
    }
    return figures;
  }
}
