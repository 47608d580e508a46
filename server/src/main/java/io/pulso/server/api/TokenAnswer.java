package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.server.access.Tokens;

/// Tokens as JSON; the value of a token is there only when it is made.
public final class TokenAnswer {
  private TokenAnswer() {}

  public static Json.Obj made(Tokens.Made made) {
    return row(made.token()).put("value", made.value()).json();
  }

  static Answer row(Tokens.Token token) {
    return new Answer()
        .put("id", token.id())
        .put("name", token.name())
        .put("scope", token.scope().word())
        .put("created_at", token.createdAt().toString())
        .put("expires_at", KeyAnswer.text(token.expiresAt()))
        .put("revoked_at", KeyAnswer.text(token.revokedAt()));
  }
}
