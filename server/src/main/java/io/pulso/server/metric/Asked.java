package io.pulso.server.metric;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Formula;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import java.time.DayOfWeek;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody wants to know of a metric.
///
/// @param every how the days are cut into a series; [Every#WHOLE] for none
/// @param by what it is broken down by; null for nothing
/// @param today the local day that is not over yet
public record Asked(
    Metric metric, Period period, Every every, @Nullable Path by, DayOfWeek weekStart, int today) {
  /// The periods of the series.
  List<Period> periods() {
    return every == Every.WHOLE
        ? List.of()
        : every.periods(period.first(), period.last(), weekStart);
  }

  /// Whether it is told of events alone, so that what was counted holds as long as they do.
  boolean isOfEvents() {
    return !By.isGroup(by)
        && Formula.counted(metric.measure()).stream()
            .noneMatch(
                each -> each instanceof Measure.Standing || each instanceof Measure.Accounts);
  }

  /// The first day that anything is told of.
  int firstDay() {
    return Math.min(
        period.before().first(),
        periods().stream().mapToInt(Period::first).min().orElse(period.first()));
  }

  /// The last one.
  int lastDay() {
    return Math.max(
        period.last(), periods().stream().mapToInt(Period::last).max().orElse(period.last()));
  }

  /// The last day that the answer rests on: only whose days after have passed is counted.
  int restsOn() {
    if (Formula.isOpen(metric.measure())) {
      return Integer.MAX_VALUE;
    }
    int last = lastDay();
    if (Formula.isOfSessions(metric.measure())) {
      // A session goes on past midnight.
      return last + 1;
    }
    return Math.max(last, Math.min(last + Formula.ahead(metric.measure()), today - 1));
  }
}
