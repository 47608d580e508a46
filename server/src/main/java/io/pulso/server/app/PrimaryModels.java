package io.pulso.server.app;

import io.pulso.engine.model.Model;
import io.pulso.server.score.Crowds;
import io.pulso.server.score.Histories;
import io.pulso.server.score.InUse;
import java.util.List;

/// The versions of the models whose scores lists and segments show.
///
/// @param models those of the workspace
public record PrimaryModels(Models models) implements Crowds.InForce {
  @Override
  public List<Histories.Period> over(Model.Subject kind, int first, int last) {
    InUse use = models.primary(kind, last);
    return use == null ? List.of() : models.periods(use.model().name(), null, first, last);
  }
}
