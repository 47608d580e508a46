package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.server.access.Tokens.Scope;
import io.pulso.server.access.WriteKeys;
import java.util.LinkedHashSet;
import java.util.Set;

/// The write keys of sources.
final class KeyRoutes {
  private final WriteKeys keys;

  KeyRoutes(Api.Parts parts) {
    this.keys = parts.keys();
  }

  void add(Routes routes) {
    routes.get("/api/v1/keys", Scope.ADMIN, call -> KeyAnswer.list(keys.list()));
    routes.post("/api/v1/keys", Scope.ADMIN, 201, call -> create(new Body(call.body())));
    routes.post(
        "/api/v1/keys/{id}/rotate",
        Scope.ADMIN,
        201,
        call -> KeyAnswer.made(keys.rotate(known(call.path("id")))));
    routes.delete("/api/v1/keys/{id}", Scope.ADMIN, call -> revoke(known(call.path("id"))));
  }

  private Json create(Body body) {
    Set<String> origins = new LinkedHashSet<>(body.texts("origins"));
    WriteKeys.Wanted wanted =
        new WriteKeys.Wanted(
            body.needed("source"), body.truth("browser"), origins, body.whole("per_minute"));
    String value = body.text("value");
    body.done();
    return KeyAnswer.made(keys.create(wanted, value));
  }

  private String known(String id) {
    if (keys.list().stream().noneMatch(key -> key.id().equals(id) && key.revokedAt() == null)) {
      throw new Refused(
          404, "there is no key %s that holds; the list of keys shows all".formatted(id));
    }
    return id;
  }

  private Json revoke(String id) {
    keys.revoke(id);
    return new Answer().put("revoked", id).json();
  }
}
