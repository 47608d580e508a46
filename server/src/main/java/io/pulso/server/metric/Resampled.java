package io.pulso.server.metric;

import io.pulso.engine.metric.Bootstrap;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.Model;
import io.pulso.server.store.SubjectAmounts;
import io.pulso.server.store.View;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The intervals of figures that add up over customers, of which one may add much: ratios of events
/// or sessions, and money. They come from drawing customers again and again.
final class Resampled {
  /// How far sums over customers may be from the figure, for what is added up in another order.
  private static final double NEAR = 1e-9;

  /// More points of a series, or parts, have none.
  private static final int MOST = 13;

  /// The customers of all points of a series together, beyond which the points have none.
  private static final long MOST_CUSTOMERS = 1_000_000;

  private final View view;
  private final Metric metric;
  private final Period period;
  private final Map<Measure, Optional<double[]>> found = new HashMap<>();

  Resampled(View view, Metric metric, Period period) {
    this.view = view;
    this.metric = metric;
    this.period = period;
  }

  /// Whether each of so many points of a series can have one quickly.
  static boolean isQuick(View view, Metric metric, int points) {
    return points <= MOST
        && isFit(metric)
        && (long) points * view.members(Model.Subject.CUSTOMER).span() <= MOST_CUSTOMERS;
  }

  /// A figure with its interval, where it can have one of this kind and has none yet.
  static Figure told(View view, Metric metric, Period period, Figure figure) {
    return new Resampled(view, metric, period).told(figure, null);
  }

  /// As the other one, of each of some groups of customers.
  ///
  /// @param of how many groups there are
  Figure told(Figure figure, BitSet members, int of) {
    return of <= MOST ? told(figure, members) : figure;
  }

  private Figure told(Figure figure, @Nullable BitSet among) {
    Double value = figure.value();
    if (value == null || figure.interval() != null || !isFit(metric)) {
      return figure;
    }
    Interval interval = interval(value, among);
    return interval == null ? figure : new Figure(value, figure.n(), interval);
  }

  private static boolean isFit(Metric metric) {
    return switch (metric.measure()) {
      case Measure.Ratio(Measure over, Measure per) -> adds(over) && adds(per);
      case Measure.Total _, Measure.Sum _, Measure.Difference _ ->
          metric.kind() == Metric.Kind.MONEY && adds(metric.measure());
      default -> false;
    };
  }

  /// Whether what customers add makes the whole.
  private static boolean adds(Measure measure) {
    return switch (measure) {
      case Measure.Events _,
          Measure.Customers _,
          Measure.Distinct _,
          Measure.Unique _,
          Measure.Total _ ->
          true;
      case Measure.Sessions sessions ->
          !sessions.fact().isMedian() && !sessions.fact().isOfSubjects();
      case Measure.Sum(Measure one, Measure other) -> adds(one) && adds(other);
      case Measure.Difference(Measure from, Measure less) -> adds(from) && adds(less);
      default -> false;
    };
  }

  private @Nullable Interval interval(double value, @Nullable BitSet among) {
    if (metric.measure() instanceof Measure.Ratio(Measure over, Measure per)) {
      double[] above = amounts(over, among);
      double[] below = amounts(per, among);
      if (above == null || below == null) {
        return null;
      }
      int factor = metric.kind() == Metric.Kind.PERCENT ? 100 : 1;
      boolean same = isNear(sum(above) / sum(below) * factor, value);
      Interval interval = same ? Bootstrap.ratio(above, below) : null;
      return interval == null
          ? null
          : new Interval(interval.low() * factor, interval.high() * factor);
    }
    double[] each = amounts(metric.measure(), among);
    return each == null || !isNear(sum(each), value) ? null : Bootstrap.sum(each);
  }

  private static double sum(double[] each) {
    return Arrays.stream(each).sum();
  }

  private static boolean isNear(double one, double other) {
    return Math.abs(one - other) <= NEAR * Math.max(1, Math.abs(other));
  }

  /// What each customer adds; null where some of it is nobody's.
  private double @Nullable [] amounts(Measure measure, @Nullable BitSet among) {
    double[] all =
        found.computeIfAbsent(measure, each -> Optional.ofNullable(amounts(each))).orElse(null);
    return all == null || among == null
        ? all
        : among.stream().filter(one -> one < all.length).mapToDouble(one -> all[one]).toArray();
  }

  private double @Nullable [] amounts(Measure measure) {
    SubjectAmounts amounts = view.amounts();
    return switch (measure) {
      case Measure.Leaf leaf -> amounts.of(leaf, period);
      case Measure.Sessions sessions -> amounts.of(sessions, period);
      case Measure.Sum(Measure one, Measure other) -> together(one, other, 1);
      case Measure.Difference(Measure from, Measure less) -> together(from, less, -1);
      default -> throw new IllegalStateException("does not add up: " + measure);
    };
  }

  private double @Nullable [] together(Measure one, Measure other, int sign) {
    double[] sum = amounts(one);
    double[] more = amounts(other);
    if (sum == null || more == null) {
      return null;
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] += sign * more[i];
    }
    return sum;
  }
}
