package io.pulso.server.store;

import org.jspecify.annotations.Nullable;

/// What a source sent in some days.
///
/// @param matched how many of its events a model's activities match
/// @param last when it sent last, in microseconds; null where it did not
/// @param longestGap between two records, in microseconds
public record SourceRhythm(String source, long matched, @Nullable Long last, long longestGap) {}
