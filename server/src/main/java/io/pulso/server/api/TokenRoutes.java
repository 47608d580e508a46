package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.server.access.Tokens;
import io.pulso.server.access.Tokens.Scope;
import java.time.Duration;

/// The tokens of programs.
final class TokenRoutes {
  private static final int MOST_DAYS = 36_500;

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
    if (days > MOST_DAYS) {
      throw new Refused(400, "'days' is at most " + MOST_DAYS);
    }
    Tokens.Made made =
        tokens.create(name == null ? "" : name, scope, days == 0 ? null : Duration.ofDays(days));
    return TokenAnswer.made(made);
  }

  private Json revoke(String id) {
    if (tokens.list().stream().noneMatch(t -> t.id().equals(id) && t.revokedAt() == null)) {
      throw new Refused(404, "there is no token %s that holds".formatted(id));
    }
    tokens.revoke(id);
    return new Answer().put("revoked", id).json();
  }
}
