package io.pulso.engine.metric;

import io.pulso.engine.expr.Path;
import org.jspecify.annotations.Nullable;

/// What is drawn again and again for the interval of a metric: customers, or the values at a place,
/// such as posts; and what each of them adds.
///
/// @param over what each adds, above the line where there is one
/// @param per what each adds below the line; null for a sum
/// @param of the place whose values are drawn; null for customers
/// @param mean whether the figure is the mean of the ratios of each, not the ratio of all
public record Draws(Measure over, @Nullable Measure per, @Nullable Path of, boolean mean) {
  /// Null where the metric does not come about by adding up.
  public static @Nullable Draws of(Metric metric) {
    Path of = metric.resample();
    boolean sum = of != null || metric.kind() == Metric.Kind.MONEY;
    return switch (metric.measure()) {
      case Measure.Ratio(Measure over, Measure per) when adds(over, of) && adds(per, of) ->
          new Draws(over, per, of, false);
      case Measure.MeanOf(Measure.Ratio(Measure over, Measure per), Path by)
          when !By.isGroup(by) && adds(over, by) && adds(per, by) ->
          new Draws(over, per, by, true);
      case Measure measure when sum && adds(measure, of) -> new Draws(measure, null, of, false);
      default -> null;
    };
  }

  /// Whether what each adds can make the whole. Sessions are those of customers.
  private static boolean adds(Measure measure, @Nullable Path of) {
    return switch (measure) {
      case Measure.Events _, Measure.Distinct _, Measure.Total _ -> true;
      case Measure.Customers _, Measure.Unique _ -> of == null;
      case Measure.Sessions sessions ->
          of == null && !sessions.fact().isMedian() && !sessions.fact().isOfSubjects();
      case Measure.Sum(Measure one, Measure other) -> adds(one, of) && adds(other, of);
      case Measure.Difference(Measure from, Measure less) -> adds(from, of) && adds(less, of);
      default -> false;
    };
  }
}
