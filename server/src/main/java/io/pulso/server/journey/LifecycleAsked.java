package io.pulso.server.journey;

import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import java.time.DayOfWeek;

/// What somebody wants to know of who is new, stays, comes back or falls silent.
///
/// @param today the local day that is not over yet
public record LifecycleAsked(
    Model.Subject per,
    Select.Who who,
    Every every,
    Period period,
    DayOfWeek weekStart,
    int today) {}
