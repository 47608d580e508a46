package io.pulso.server.api;

import io.pulso.engine.journey.Funnel;
import io.pulso.engine.metric.Metric;
import java.time.DayOfWeek;
import java.util.Map;
import java.util.function.Supplier;

/// Which metrics and funnels a workspace has.
///
/// @param all by id
/// @param weekStart the day on which weeks begin
/// @param funnels by id
public record MetricCatalogue(
    Supplier<Map<String, Metric>> all,
    Supplier<DayOfWeek> weekStart,
    Supplier<Map<String, Funnel>> funnels) {}
