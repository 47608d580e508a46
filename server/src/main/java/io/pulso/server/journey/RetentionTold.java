package io.pulso.server.journey;

import io.pulso.engine.journey.Retention;
import java.util.List;

/// Who came back.
///
/// @param cohorts one for each period
/// @param together all that is complete, by periods after their own
public record RetentionTold(
    RetentionAsked asked, List<Retention.Cohort> cohorts, List<Retention.Cell> together) {
  public RetentionTold {
    cohorts = List.copyOf(cohorts);
    together = List.copyOf(together);
  }
}
