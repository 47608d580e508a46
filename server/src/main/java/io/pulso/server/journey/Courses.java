package io.pulso.server.journey;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.Path;
import io.pulso.engine.journey.Stays;
import io.pulso.engine.metric.Contrast;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.Survival;
import io.pulso.server.store.View;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Figures of how long things last and who is lost.
public final class Courses {
  private static final double SECOND = 1e6;
  private static final double DAY_SECONDS = 86_400;

  /// Of fewer customers of a group it is not told how many leave and how long they stay.
  public static final int LEAST = Contrast.LEAST;

  private Courses() {}

  /// The figures, by period and part. What is not there has no value.
  ///
  /// @param periods in order, each beginning on the day after the one before
  /// @param by what things are broken down by; null for one part
  /// @param today the local day that is not over yet
  public static Map<Place, Figure> figures(
      View view, Measure.Course course, List<Period> periods, @Nullable Path by, int today) {
    return counting(view, course, periods.getLast().last(), by, today).of(periods, null);
  }

  /// The figures of groups of customers, by their names. How many leave, and how long they stay, is
  /// not told of few.
  public static Map<String, Figure> ofGroups(
      View view, Measure.Course course, Period period, Map<String, BitSet> groups, int today) {
    Counting counting = counting(view, course, period.last(), null, today);
    boolean few = course instanceof Measure.Leaving || course instanceof Measure.Staying;
    Map<String, Figure> figures = new HashMap<>();
    groups.forEach((name, members) -> {
      Figure figure =
          counting
              .of(List.of(period), members)
              .getOrDefault(new Place(period.first(), null), Figure.NONE);
      figures.put(name, few && figure.n() < LEAST ? new Figure(null, figure.n(), null) : figure);
    });
    return figures;
  }

  /// What was read once, to be told of everybody or of some.
  public interface Counting {
    /// The figures, by period and part. What is not there has no value.
    ///
    /// @param periods in order, each beginning on the day after the one before, up to the last day
    ///   for which it was read
    /// @param members the numbers of those who count; null for all
    Map<Place, Figure> of(List<Period> periods, @Nullable BitSet members);
  }

  /// Reads what the figures up to a day are told from.
  ///
  /// @param by what things are broken down by; null for one part
  /// @param today the local day that is not over yet
  public static Counting counting(
      View view, Measure.Course course, int last, @Nullable Path by, int today) {
    return switch (course) {
      case Measure.Lasting(Measure.Span span, Measure.Tell tell) -> {
        ThingReading things = ThingReading.read(view, span, by, known(view, last, today));
        yield (periods, members) -> lasting(things.of(members), tell, periods);
      }
      case Measure.Open(Measure.Span span) -> {
        ThingReading things = ThingReading.read(view, span, by, known(view, last, today));
        yield (periods, members) -> open(things.of(members), periods);
      }
      case Measure.Leaving(Measure.Loss loss, boolean kept) -> {
        Leaving leaving = Leaving.read(view, loss, last, today);
        yield (periods, members) -> leaving(leaving, kept, periods, members);
      }
      case Measure.Staying(Measure.Loss loss, Measure.Tell tell) -> {
        Leaving leaving = Leaving.read(view, loss, last, today);
        yield (periods, members) -> staying(leaving, tell, periods, members);
      }
      case Measure.Awaiting(Select of, Expression answer, Measure.Tell tell) -> {
        ThingReading things = Awaiting.read(view, of, answer, by, known(view, last, today));
        yield (periods, members) -> lasting(things.of(members), tell, periods);
      }
      case Measure.Reaching reaching -> Reaching.read(view, reaching, last, today)::figures;
    };
  }

  /// Up to which instant everything is known: the end of yesterday, or of the data; where today is
  /// asked for too, the end of the data.
  static long known(View view, int last, int today) {
    long end = view.lastEnd().orElse(Long.MIN_VALUE);
    return last < today ? Math.min(view.days().start(today), end) : end;
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
      Leaving leaving, boolean kept, List<Period> periods, @Nullable BitSet members) {
    Map<Place, Figure> figures = new HashMap<>();
    if (!leaving.isKnown()) {
      return figures;
    }
    for (Stays.Stay stay : leaving.stays(periods, members)) {
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
      Leaving leaving, Measure.Tell tell, List<Period> periods, @Nullable BitSet members) {
    Map<Place, Figure> figures = new HashMap<>();
    for (Period period : periods) {
      if (leaving.isKnown()) {
        Survival lasting = leaving.lifetimes(period, tell.isOfFinished(), members);
        figures.put(
            new Place(period.first(), null),
            figure(tell.of(lasting), lasting.size(), 1 / DAY_SECONDS));
      }
    }
    return figures;
  }
}
