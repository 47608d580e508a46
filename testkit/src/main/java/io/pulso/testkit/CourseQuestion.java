package io.pulso.testkit;

import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import java.util.List;

/// A question to an engine: who was lost, or how long it took, by period.
///
/// @param periods in order, each beginning on the day after the one before
/// @param today the local day that is not over yet; nothing lies after it
public record CourseQuestion(Measure.Course course, List<Period> periods, int today) {
  public CourseQuestion {
    periods = List.copyOf(periods);
  }
}
