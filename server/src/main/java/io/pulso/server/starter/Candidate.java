package io.pulso.server.starter;

import io.pulso.engine.model.Texts;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Something that customers do and that can become a rule of the model.
///
/// @param name of the activity it would be
/// @param match the condition, as it stands in a model file
/// @param kinds the numbers of the kinds of events that it counts
/// @param points of negative ones; others are scaled
/// @param perDay the most a day that count; null where the data decide
record Candidate(
    String name,
    Texts title,
    Role role,
    String match,
    Set<Integer> kinds,
    long points,
    @Nullable Integer perDay) {
  Candidate {
    kinds = Set.copyOf(kinds);
  }
}
