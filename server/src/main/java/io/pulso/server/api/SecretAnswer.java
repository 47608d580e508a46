package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.server.access.SigningSecrets;
import io.pulso.server.access.SigningSecrets.SigningSecret;
import java.util.List;

/// Signing secrets as JSON; the value of a secret is there only when it is made.
public final class SecretAnswer {
  private SecretAnswer() {}

  public static Json.Obj list(List<SigningSecret> secrets) {
    return new Answer().objects("secrets", secrets, SecretAnswer::row).json();
  }

  public static Json.Obj made(SigningSecrets.Made made) {
    return row(made.secret()).put("value", made.value()).json();
  }

  private static Answer row(SigningSecret secret) {
    return new Answer()
        .put("id", secret.kid())
        .put("source", secret.source())
        .put("created_at", secret.createdAt().toString())
        .put("revoked_at", KeyAnswer.text(secret.revokedAt()));
  }
}
