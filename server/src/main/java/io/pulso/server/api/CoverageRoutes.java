package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.score.Coverage;
import io.pulso.server.score.Coverages;
import io.pulso.server.score.InUse;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import org.jspecify.annotations.Nullable;

/// Which sources are silent, and how much of the scores that concerns.
final class CoverageRoutes {
  private final Api.Parts parts;
  private final Coverages coverages = new Coverages();

  CoverageRoutes(Api.Parts parts) {
    this.parts = parts;
  }

  void add(Routes routes) {
    routes.get("/api/v1/coverage", Scope.READ, this::coverage);
  }

  private Json coverage(Call call) {
    Integer given = call.day("day");
    int day = given != null ? given : parts.days().day(parts.clock().millis() * 1000);
    try (Store store = parts.store().beside(Api.LONGEST)) {
      InUse use =
          parts
              .models()
              .find(store, call.text("model"), call.whole("version", 1, Integer.MAX_VALUE), day);
      Coverage found = look(use, day);
      return CoverageAnswer.whole(use, day, found);
    }
  }

  /// Adds the coverage of a score to its answer; what is known of it may be some seconds old.
  Answer add(Answer answer, InUse use, int day) {
    @Nullable Coverage found = coverages.of(use, day, () -> look(use, day));
    return CoverageAnswer.add(answer, found);
  }

  private Coverage look(InUse use, int day) {
    try (Store store = parts.store().beside(Api.LONGEST);
        View view = store.now()) {
      return Coverage.of(view, use.model(), day, parts.days(), parts.clock().millis() * 1000);
    }
  }
}
