package io.pulso.server.store;

import io.pulso.engine.score.Uncounted;
import org.jspecify.annotations.Nullable;

/// One stored event that an activity matches.
///
/// @param activity its place in the model
/// @param occurredAt in microseconds
/// @param units milli-units; 0 for distinct units
/// @param value what is distinct, null for other units
/// @param uncounted why it adds nothing, or less than it says; null where it counts
/// @param person the number of who did it
public record MatchedEvent(
    int activity,
    int day,
    long occurredAt,
    String messageId,
    long units,
    @Nullable String value,
    @Nullable Uncounted uncounted,
    int person) {}
