package io.pulso.server.segment;

import io.pulso.engine.metric.Contrast;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.Texts;
import io.pulso.engine.segment.Segment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How two segments differ.
///
/// @param day at whose end customers are in them
/// @param both how many are in both
/// @param rows everything that was compared
/// @param tested how many differences were held against chance together
public record Comparison(
    Period period, int day, Side one, Side other, int both, List<Row> rows, int tested) {
  /// One of the two.
  public record Side(Segment segment, int size) {}

  /// What kind of thing is compared.
  public enum Family {
    SCORES,
    METRICS,
    ACTIVITIES
  }

  /// Something on which they are compared.
  ///
  /// @param id of the metric, or the name of the activity
  /// @param per whether the values are those of one customer on average, or percents of customers
  /// @param contrast null where only values are told
  /// @param differs whether the difference is told as real; null where there is none
  public record Row(
      Family family,
      String id,
      Texts title,
      Metric.Kind kind,
      Per per,
      Metric.Direction direction,
      Contrast contrast,
      @Nullable Boolean differs) {
    /// Whether one of the groups is too small.
    public boolean isSmall() {
      return contrast.nOne() < Contrast.LEAST || contrast.nOther() < Contrast.LEAST;
    }
  }

  /// Of what a value is.
  public enum Per {
    /// Of the segment, as metrics tell it.
    SEGMENT,
    /// Of one customer on average.
    CUSTOMER,
    /// The percent of customers.
    SHARE
  }
}
