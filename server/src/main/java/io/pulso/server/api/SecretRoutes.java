package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.server.access.SigningSecrets;
import io.pulso.server.access.Tokens.Scope;

/// The secrets with which sources sign who their users are.
final class SecretRoutes {
  private final SigningSecrets secrets;

  SecretRoutes(Api.Parts parts) {
    this.secrets = parts.secrets();
  }

  void add(Routes routes) {
    routes.get("/api/v1/secrets", Scope.ADMIN, call -> SecretAnswer.list(secrets.list()));
    routes.post("/api/v1/secrets", Scope.ADMIN, 201, call -> create(new Body(call.body())));
    routes.delete("/api/v1/secrets/{id}", Scope.ADMIN, call -> revoke(call.path("id")));
  }

  private Json create(Body body) {
    String source = body.needed("source");
    body.done();
    return SecretAnswer.made(secrets.create(source));
  }

  private Json revoke(String kid) {
    if (secrets.list().stream()
        .noneMatch(one -> one.kid().equals(kid) && one.revokedAt() == null)) {
      throw new Refused(
          404, "there is no secret %s that holds; the list of secrets shows all".formatted(kid));
    }
    secrets.revoke(kid);
    return new Answer().put("revoked", kid).json();
  }
}
