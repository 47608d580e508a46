package io.pulso.server.journey;

import io.pulso.engine.expr.Path;
import io.pulso.engine.journey.Funnel;
import io.pulso.engine.metric.Period;
import org.jspecify.annotations.Nullable;

/// What somebody wants to know of a funnel.
///
/// @param period in which the first step is taken
/// @param by what it is broken down by, as of the first step; null for nothing
/// @param now an instant up to which, excluded, everything is known
public record FunnelAsked(Funnel funnel, Period period, @Nullable Path by, long now) {}
