package io.pulso.server.metric;

import io.pulso.engine.metric.Bootstrap;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.server.store.SubjectAmounts;
import io.pulso.server.store.View;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The intervals of figures that add up over customers, of which one may add much: ratios of events
/// or sessions, and money. They come from drawing customers again and again.
final class Resampled {
  /// How far sums over customers may be from the figure, for what is added up in another order.
  private static final double NEAR = 1e-9;

  private final SubjectAmounts amounts;
  private final Period period;

  private Resampled(View view, Period period) {
    this.amounts = view.amounts();
    this.period = period;
  }

  /// A figure with its interval, where it can have one of this kind and has none yet.
  static Figure told(View view, Metric metric, Period period, Figure figure) {
    Double value = figure.value();
    if (value == null || figure.interval() != null || !isFit(metric)) {
      return figure;
    }
    Interval interval = new Resampled(view, period).interval(metric, value);
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

  private @Nullable Interval interval(Metric metric, double value) {
    if (metric.measure() instanceof Measure.Ratio(Measure over, Measure per)) {
      double[] above = amounts(over);
      double[] below = amounts(per);
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
    double[] each = amounts(metric.measure());
    return each == null || !isNear(sum(each), value) ? null : Bootstrap.sum(each);
  }

  private static double sum(double[] each) {
    return Arrays.stream(each).sum();
  }

  private static boolean isNear(double one, double other) {
    return Math.abs(one - other) <= NEAR * Math.max(1, Math.abs(other));
  }

  private double @Nullable [] amounts(Measure measure) {
    return switch (measure) {
      case Measure.Leaf leaf -> amounts.of(leaf, period);
      case Measure.Sessions sessions -> amounts.of(sessions, period);
      case Measure.Sum(Measure one, Measure other) -> together(one, other, 1);
      case Measure.Difference(Measure from, Measure less) -> together(from, less, -1);
      default -> throw new IllegalStateException("does not add up: " + measure);
    };
  }

  private double @Nullable [] together(Measure one, Measure other, int sign) {
    double[] found = amounts(one);
    double[] more = amounts(other);
    if (found == null || more == null) {
      return null;
    }
    for (int i = 0; i < found.length; i++) {
      found[i] += sign * more[i];
    }
    return found;
  }
}
