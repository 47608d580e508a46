package io.pulso.server.api;

import io.pulso.engine.model.Model;
import io.pulso.engine.model.ModelTest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs the examples written in a model.
public interface ModelExamples {
  List<Outcome> run(Model model);

  /// What came out of an example.
  ///
  /// @param score milli-points; null where there is none
  /// @param fault why there is no score, or which event was rejected; else null
  record Outcome(
      ModelTest test, @Nullable Long score, @Nullable String band, @Nullable String fault) {
    public boolean passed() {
      return fault == null
          && score != null
          && (test.score() == null || test.score().equals(score))
          && (test.band() == null || test.band().equals(band));
    }
  }
}
