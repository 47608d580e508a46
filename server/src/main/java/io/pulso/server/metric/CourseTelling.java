package io.pulso.server.metric;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.server.event.InputException;
import io.pulso.server.journey.Courses;
import io.pulso.server.journey.PartNames;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Tells metrics of how long things last and who is lost.
final class CourseTelling {
  private final View view;
  private final Asked asked;
  private final Measure.Course course;

  CourseTelling(View view, Asked asked, Measure.Course course) {
    this.view = view;
    this.asked = asked;
    this.course = course;
  }

  Told tell() {
    Period period = asked.period();
    OptionalInt begun = view.firstDay();
    boolean hasBefore = begun.isPresent() && begun.getAsInt() <= period.before().last();
    List<Period> pair = hasBefore ? List.of(period.before(), period) : List.of(period);
    Map<Place, Figure> whole = figures(pair, null);
    return new Told(
        asked,
        point(whole, period),
        hasBefore ? point(whole, period.before()) : null,
        series(),
        parts());
  }

  private Map<Place, Figure> figures(List<Period> periods, @Nullable Path by) {
    return Courses.figures(view, course, periods, by, asked.today());
  }

  private List<Told.Point> series() {
    if (asked.every() == Every.WHOLE) {
      return List.of();
    }
    Period period = asked.period();
    List<Period> periods = asked.every().periods(period.first(), period.last(), asked.weekStart());
    Map<Place, Figure> figures = figures(periods, null);
    return periods.stream().map(each -> point(figures, each)).toList();
  }

  List<Told.Part> parts() {
    Path by = asked.by();
    if (by == null) {
      return List.of();
    }
    boolean things =
        course instanceof Measure.Lasting
            || course instanceof Measure.Open
            || course instanceof Measure.Awaiting;
    if (!things || By.isGroup(by)) {
      throw new InputException(
          "'%s' cannot be broken down by that; ask it without a part"
              .formatted(asked.metric().id()));
    }
    List<Told.Part> parts = new ArrayList<>();
    figures(List.of(asked.period()), by)
        .forEach((place, figure) ->
            parts.add(new Told.Part(PartNames.shown(place.part()), told(figure))));
    PartNames.check(parts.size());
    parts.sort(
        Comparator.comparingLong((Told.Part part) -> -part.figure().n())
            .thenComparing(Told.Part::part, Comparator.nullsLast(Comparator.naturalOrder())));
    return parts;
  }

  private Told.Point point(Map<Place, Figure> figures, Period period) {
    Figure figure = figures.getOrDefault(new Place(period.first(), null), nothing());
    return new Told.Point(period, told(figure), period.last() < asked.today());
  }

  private Figure nothing() {
    return course instanceof Measure.Open ? new Figure(0.0, 0, null) : Figure.NONE;
  }

  /// Shares in percent where the metric is.
  private Figure told(Figure figure) {
    Double value = figure.value();
    Interval interval = figure.interval();
    boolean percent =
        asked.metric().kind() == Metric.Kind.PERCENT && course instanceof Measure.Leaving;
    return !percent || value == null
        ? figure
        : new Figure(
            value * 100,
            figure.n(),
            interval == null ? null : new Interval(interval.low() * 100, interval.high() * 100));
  }
}
