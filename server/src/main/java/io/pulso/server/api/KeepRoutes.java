package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.store.Compaction;
import io.pulso.server.store.Erasures;

/// Forgetting people, and backups.
final class KeepRoutes {
  private final Keeping keeping;

  KeepRoutes(Api.Parts parts) {
    this.keeping = parts.keeping();
  }

  void add(Routes routes) {
    routes.delete("/api/v1/customers/{id}", Scope.ADMIN, this::forget);
    routes.post("/api/v1/rewrite", Scope.ADMIN, 200, call -> rewrite());
    routes.download("/api/v1/backup", Scope.ADMIN, "application/zip", call -> keeping.backup());
  }

  private Json rewrite() {
    Compaction.Sizes sizes = keeping.rewrite();
    return new Answer()
        .put("bytes_before", sizes.before())
        .put("bytes_after", sizes.after())
        .json();
  }

  private Json forget(Call call) {
    String reason = call.text("reason");
    Erasures.Result result;
    try {
      result = keeping.forget(call.path("id"), reason == null ? "" : reason, call.truth("now"));
    } catch (Erasures.UnknownPerson e) {
      throw new Refused(404, String.valueOf(e.getMessage()));
    }
    return new Answer()
        .put("ids", result.ids())
        .put("events", result.events())
        .put("calls", result.calls())
        .put("rejected", result.rejected())
        .put("gone_from_disk", call.truth("now"))
        .json();
  }
}
