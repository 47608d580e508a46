package io.pulso.server.metric;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Bootstrap;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Draws;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.model.Model;
import io.pulso.server.store.DrawnAmounts;
import io.pulso.server.store.View;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The intervals of figures that add up over customers, or posts, of which one may add much: ratios
/// of events or sessions, and money. They come from drawing these again and again.
final class Resampled {
  /// How far the sums may be from the figure, for what is added up in another order.
  private static final double NEAR = 1e-9;

  private static final Bounds USUAL = new Bounds(13, 1_000_000, 100_000);

  private static final int ANY = Integer.MAX_VALUE - 1;

  /// How much is quick.
  ///
  /// @param few so many points or parts have an interval even where there are many customers
  /// @param most the customers of all points or parts together, beyond which none has one
  /// @param mostOfMany the same of more than a few points or parts: drawing from all of them takes
  ///   a second
  record Bounds(int few, int most, int mostOfMany) {
    private int of(int places) {
      return places <= few ? most : mostOfMany;
    }
  }

  private final View view;
  private final Metric metric;
  private final @Nullable Draws draws;
  private final Bounds bounds;

  Resampled(View view, Metric metric) {
    this(view, metric, USUAL);
  }

  Resampled(View view, Metric metric, Bounds bounds) {
    this.view = view;
    this.metric = metric;
    this.bounds = bounds;
    this.draws = Draws.of(metric);
  }

  /// The figure of a whole period with its interval, where it can have one of this kind and has
  /// none yet.
  Figure whole(Period period, Figure figure) {
    Place place = new Place(period.first(), null);
    return read(Every.WHOLE, List.of(period), null, Map.of(place, figure), ANY)
        .getOrDefault(place, figure);
  }

  /// As [#whole], of each point of a series, where that is quick.
  ///
  /// @param counted what they were told of
  List<Told.Point> points(
      Every every, List<Told.Point> points, Map<Measure, Map<Place, Cell>> counted) {
    Map<Place, Figure> figures = new HashMap<>();
    points.forEach(point -> figures.put(point.place(), point.figure()));
    Map<Place, Figure> told =
        each(every, points.stream().map(Told.Point::period).toList(), null, figures, counted);
    return points.stream()
        .map(point -> point.with(told.getOrDefault(point.place(), point.figure())))
        .toList();
  }

  /// As [#whole], of each part, where that is quick.
  ///
  /// @param counted what they were told of
  /// @param groups who is in which, where these are the parts
  Map<Place, Figure> parts(
      Period period,
      Path by,
      Map<Place, Figure> figures,
      Map<Measure, Map<Place, Cell>> counted,
      Map<String, BitSet> groups) {
    return By.isGroup(by) && isOfCustomers()
        ? ofGroups(period, figures, groups)
        : each(Every.WHOLE, List.of(period), by, figures, counted);
  }

  private Map<Place, Figure> each(
      Every every,
      List<Period> periods,
      @Nullable Path by,
      Map<Place, Figure> figures,
      Map<Measure, Map<Place, Cell>> counted) {
    return isQuick(figures.size(), counted)
        ? read(every, periods, by, figures, bounds.of(figures.size()))
        : figures;
  }

  /// Customers are read once and looked up in the groups, of which they may be in several.
  private Map<Place, Figure> ofGroups(
      Period period, Map<Place, Figure> figures, Map<String, BitSet> groups) {
    long all = groups.values().stream().mapToLong(BitSet::cardinality).sum();
    if (figures.size() > bounds.few() && all > bounds.mostOfMany()) {
      return figures;
    }
    DrawnAmounts.Each everybody =
        amounts(Every.WHOLE, List.of(period), null, figures, ANY)
            .get(new Place(period.first(), null));
    Map<Place, Figure> told = new HashMap<>(figures);
    if (everybody != null) {
      groups.forEach((name, members) ->
          told.computeIfPresent(
              new Place(period.first(), "s:" + name),
              (place, figure) -> told(figure, everybody.among(members))));
    }
    return told;
  }

  private boolean isOfCustomers() {
    return draws != null && draws.of() == null;
  }

  /// Whether there cannot be much to read: nobody adds anything but by what was counted, and there
  /// are no more than all customers in each place.
  private boolean isQuick(int places, Map<Measure, Map<Place, Cell>> counted) {
    long n =
        counted.values().stream()
            .flatMap(cells -> cells.values().stream())
            .mapToLong(Cell::n)
            .sum();
    return n <= bounds.most()
        || (isOfCustomers()
            && (long) places * view.members(Model.Subject.CUSTOMER).span() <= bounds.of(places));
  }

  private Map<Place, Figure> read(
      Every every, List<Period> periods, @Nullable Path by, Map<Place, Figure> figures, int most) {
    Map<Place, DrawnAmounts.Each> found = amounts(every, periods, by, figures, most);
    Map<Place, Figure> told = new HashMap<>();
    figures.forEach((place, figure) -> {
      DrawnAmounts.Each each = found.get(place);
      told.put(place, each == null ? figure : told(figure, each));
    });
    return told;
  }

  /// Empty where no figure can have an interval, or there are too many.
  private Map<Place, DrawnAmounts.Each> amounts(
      Every every, List<Period> periods, @Nullable Path by, Map<Place, Figure> figures, int most) {
    if (draws == null || figures.values().stream().noneMatch(Resampled::isOpen)) {
      return Map.of();
    }
    Map<Place, DrawnAmounts.Each> found = view.amounts().of(draws, every, periods, by, most);
    return found == null ? Map.of() : found;
  }

  private static boolean isOpen(Figure figure) {
    return figure.value() != null && figure.interval() == null;
  }

  private Figure told(Figure figure, DrawnAmounts.Each each) {
    Double value = figure.value();
    if (draws == null || value == null || figure.interval() != null) {
      return figure;
    }
    Interval interval = draws.mean() ? ofMean(value, each) : of(draws, value, each);
    return interval == null ? figure : new Figure(value, figure.n(), interval);
  }

  private @Nullable Interval of(Draws draws, double value, DrawnAmounts.Each each) {
    if (each.isPartlyNobodys()) {
      return null;
    }
    double[] over = each.over();
    if (draws.per() == null) {
      return isNear(sum(over), value) ? Bootstrap.sum(over) : null;
    }
    return ratio(over, each.per(), value);
  }

  /// The mean of the ratios of those that have one; what is nobody's counts in none.
  private @Nullable Interval ofMean(double value, DrawnAmounts.Each each) {
    double[] over = each.over();
    double[] per = each.per();
    double[] ratios = new double[over.length];
    int count = 0;
    for (int i = 0; i < over.length; i++) {
      if (per[i] != 0) {
        ratios[count++] = over[i] / per[i];
      }
    }
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ratio(Arrays.copyOf(ratios, count), ones, value);
  }

  private @Nullable Interval ratio(double[] over, double[] per, double value) {
    int factor = metric.kind() == Metric.Kind.PERCENT ? 100 : 1;
    boolean same = isNear(sum(over) / sum(per) * factor, value);
    Interval interval = same ? Bootstrap.ratio(over, per) : null;
    return interval == null
        ? null
        : new Interval(interval.low() * factor, interval.high() * factor);
  }

  private static double sum(double[] each) {
    return Arrays.stream(each).sum();
  }

  private static boolean isNear(double one, double other) {
    return Math.abs(one - other) <= NEAR * Math.max(1, Math.abs(other));
  }
}
