package io.pulso.testkit;

import io.pulso.engine.expr.Path;
import io.pulso.engine.journey.Funnel;
import io.pulso.engine.metric.Period;
import org.jspecify.annotations.Nullable;

/// A question to an engine: how far everybody gets in a funnel.
///
/// @param by what it is broken down by; null for nothing
/// @param now an instant up to which, excluded, everything is known
public record FunnelQuestion(Funnel funnel, Period period, @Nullable Path by, long now) {}
