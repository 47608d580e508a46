package io.pulso.testkit;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import java.time.DayOfWeek;
import org.jspecify.annotations.Nullable;

/// A question to an engine: who of those that began came back, and what everybody was in each
/// period.
///
/// @param begin what somebody does first; null for any active event
/// @param back what counts as being there; null for any active event
/// @param rolling whether being there later counts too
/// @param today the local day that is not over yet
public record CohortQuestion(
    Model.Subject per,
    Select.Who who,
    @Nullable Expression begin,
    @Nullable Expression back,
    Every every,
    Period period,
    boolean rolling,
    DayOfWeek weekStart,
    int today) {}
