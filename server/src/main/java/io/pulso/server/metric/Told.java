package io.pulso.server.metric;

import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a metric comes to.
///
/// @param before the same of the same number of days before; null where they lie before all data
/// @param series by period, empty where none was asked for
/// @param parts the greatest number of things first, empty where it is not broken down
public record Told(
    Asked asked, Point whole, @Nullable Point before, List<Point> series, List<Part> parts) {
  /// The value of a period.
  ///
  /// @param complete whether it has wholly passed
  public record Point(Period period, Figure figure, boolean complete) {
    Place place() {
      return new Place(period.first(), null);
    }

    /// The same with another figure.
    Point with(Figure other) {
      return new Point(period, other, complete);
    }
  }

  /// The value of a part.
  ///
  /// @param part null for what says nothing of it
  public record Part(@Nullable String part, Figure figure) {}
}
