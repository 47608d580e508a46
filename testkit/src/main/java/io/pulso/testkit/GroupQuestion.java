package io.pulso.testkit;

import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.Model;
import io.pulso.engine.segment.Segment;
import java.util.List;

/// A question to an engine: what a measure comes to in each band, or in each of some segments.
///
/// @param model which scores customers
/// @param segments those that are told; none where bands are
/// @param today the local day that is not over yet; nothing lies after it
public record GroupQuestion(
    Model model, List<Segment> segments, Measure measure, Period period, int today) {
  public GroupQuestion {
    segments = List.copyOf(segments);
  }

  /// The day at whose end it is told who is in which group.
  int day() {
    return Math.min(period.last(), today);
  }
}
