package io.pulso.server.metric;

import io.pulso.engine.expr.Path;
import io.pulso.engine.expr.Standing;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.model.Model;
import io.pulso.server.event.InputException;
import io.pulso.server.journey.Courses;
import io.pulso.server.journey.PartNames;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// Tells metrics of how long things last and who is lost.
final class CourseTelling {
  private final View view;
  private final Asked asked;
  private final Measure.Course course;
  private final Supplier<Audience> audience;

  /// What was read of everybody, by the last day for which it was.
  private final Map<Integer, Courses.Counting> read = new HashMap<>();

  /// @param audience asked where parts are groups of customers alone
  CourseTelling(View view, Asked asked, Measure.Course course, Supplier<Audience> audience) {
    this.view = view;
    this.asked = asked;
    this.course = course;
    this.audience = audience;
  }

  Told tell() {
    Period period = asked.period();
    OptionalInt begun = view.firstDay();
    boolean hasBefore = begun.isPresent() && begun.getAsInt() <= period.before().last();
    List<Period> pair = hasBefore ? List.of(period.before(), period) : List.of(period);
    Map<Place, Figure> whole = figures(pair);
    return new Told(
        asked,
        point(whole, period),
        hasBefore ? point(whole, period.before()) : null,
        series(),
        parts());
  }

  private Map<Place, Figure> figures(List<Period> periods) {
    return read.computeIfAbsent(
            periods.getLast().last(),
            last -> Courses.counting(view, course, last, null, asked.today()))
        .of(periods, null);
  }

  private List<Told.Point> series() {
    if (asked.every() == Every.WHOLE) {
      return List.of();
    }
    Period period = asked.period();
    List<Period> periods = asked.every().periods(period.first(), period.last(), asked.weekStart());
    Map<Place, Figure> figures = figures(periods);
    return periods.stream().map(each -> point(figures, each)).toList();
  }

  List<Told.Part> parts() {
    Path by = asked.by();
    if (by == null) {
      return List.of();
    }
    List<Told.Part> parts = new ArrayList<>();
    if (By.isGroup(by)) {
      Courses.ofGroups(view, course, asked.period(), groups(by), asked.today())
          .forEach((name, figure) -> parts.add(new Told.Part(name, told(figure))));
    } else if (course instanceof Measure.Lasting
        || course instanceof Measure.Open
        || course instanceof Measure.Awaiting) {
      Courses.figures(view, course, List.of(asked.period()), by, asked.today())
          .forEach((place, figure) ->
              parts.add(new Told.Part(PartNames.shown(place.part()), told(figure))));
    } else {
      throw new InputException(
          "'%s' can be broken down by band or segment alone".formatted(asked.metric().id()));
    }
    PartNames.check(parts.size());
    parts.sort(
        Comparator.comparingLong((Told.Part part) -> -part.figure().n())
            .thenComparing(Told.Part::part, Comparator.nullsLast(Comparator.naturalOrder())));
    return parts;
  }

  /// Those whose leaving is told are grouped as they were at the start of the period, since leaving
  /// changes where somebody is; others as they are at its end.
  private Map<String, BitSet> groups(Path by) {
    int day =
        course instanceof Measure.Leaving
            ? asked.period().first() - 1
            : Math.min(asked.period().last(), asked.today());
    if (perAccount()) {
      if (!by.equals(new Standing.Word("band").path())) {
        throw new InputException(
            "'%s' is counted from accounts: break it down by band".formatted(asked.metric().id()));
      }
      return audience.get().accountBands(day);
    }
    return audience.get().groups(by, day);
  }

  private boolean perAccount() {
    return switch (course) {
      case Measure.Leaving(Measure.Loss loss, boolean kept) -> loss.per() == Model.Subject.ACCOUNT;
      case Measure.Staying(Measure.Loss loss, Measure.Tell tell) ->
          loss.per() == Model.Subject.ACCOUNT;
      case Measure.Lasting _, Measure.Open _, Measure.Awaiting _, Measure.Reaching _ -> false;
    };
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
