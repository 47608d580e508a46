package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.score.InUse;
import io.pulso.server.store.Store;
import java.util.Locale;

/// The models of the workspace.
final class ModelRoutes {
  private final Api.Parts parts;

  ModelRoutes(Api.Parts parts) {
    this.parts = parts;
  }

  void add(Routes routes) {
    routes.get("/api/v1/models", Scope.READ, call -> list());
  }

  private Json list() {
    try (Store store = parts.store().beside()) {
      return new Answer()
          .objects("models", parts.models().everything(store), ModelRoutes::row)
          .json();
    }
  }

  private static Answer row(InUse use) {
    Model model = use.model();
    return new Answer()
        .put("model", model.name())
        .put("version", use.version())
        .put("subject", model.subject().name().toLowerCase(Locale.ROOT))
        .put("method", model.method().name().toLowerCase(Locale.ROOT))
        .put("window", model.window())
        .put("hash", model.hash());
  }
}
