package io.pulso.server.metric;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import java.time.DayOfWeek;
import org.jspecify.annotations.Nullable;

/// What somebody wants to know of a metric.
///
/// @param every how the days are cut into a series; [Every#WHOLE] for none
/// @param by what it is broken down by; null for nothing
/// @param today the local day that is not over yet
public record Asked(
    Metric metric, Period period, Every every, @Nullable Path by, DayOfWeek weekStart, int today) {}
