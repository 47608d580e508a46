package io.pulso.server.store;

import org.jspecify.annotations.Nullable;

/// One stored event that an activity counts.
///
/// @param activity its place in the model
/// @param occurredAt in microseconds
/// @param units milli-units; 0 for distinct units
/// @param value what is distinct, null for other units
public record MatchedEvent(
    int activity, int day, long occurredAt, String messageId, long units, @Nullable String value) {}
