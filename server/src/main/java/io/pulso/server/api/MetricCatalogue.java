package io.pulso.server.api;

import io.pulso.engine.journey.Funnel;
import io.pulso.engine.metric.Metric;
import io.pulso.server.metric.KeptAnswers;
import java.time.DayOfWeek;
import java.util.Map;
import java.util.function.Supplier;

/// Which metrics and funnels a workspace has.
///
/// @param all by id
/// @param weekStart the day on which weeks begin
/// @param kept what metrics came to when they were asked before
/// @param funnels by id
public record MetricCatalogue(
    Supplier<Map<String, Metric>> all,
    Supplier<DayOfWeek> weekStart,
    KeptAnswers kept,
    Supplier<Map<String, Funnel>> funnels) {}
