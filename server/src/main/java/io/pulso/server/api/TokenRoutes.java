package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.server.access.Tokens;
import io.pulso.server.access.Tokens.Scope;
import java.time.Duration;

/// The tokens of programs.
final class TokenRoutes {
  private final Tokens tokens;

  TokenRoutes(Api.Parts parts) {
    this.tokens = parts.tokens();
  }

  void add(Routes routes) {
    routes.get(
        "/api/v1/tokens",
        Scope.ADMIN,
        call -> new Answer().objects("tokens", tokens.list(), TokenAnswer::row).json());
    routes.post("/api/v1/tokens", Scope.ADMIN, 201, call -> create(new Body(call.body())));
    routes.delete("/api/v1/tokens/{id}", Scope.ADMIN, call -> revoke(call.path("id")));
  }

  private Json create(Body body) {
    String name = body.text("name");
    Scope scope = Scope.of(body.needed("scope"));
    int days = body.whole("days");
    body.done();
    Tokens.Made made =
        tokens.create(name == null ? "" : name, scope, days == 0 ? null : Duration.ofDays(days));
    return TokenAnswer.made(made);
  }

  private Json revoke(String id) {
    tokens.revoke(id);
    return new Answer().put("revoked", id).json();
  }
}
