package io.pulso.server.api;

import io.pulso.engine.json.Json;
import io.pulso.server.access.WriteKeys;
import io.pulso.server.access.WriteKeys.WriteKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Write keys as JSON; the value of a key is there only when it is made.
public final class KeyAnswer {
  private KeyAnswer() {}

  public static Json.Obj list(List<WriteKey> keys) {
    return new Answer().objects("keys", keys, KeyAnswer::row).json();
  }

  public static Json.Obj made(WriteKeys.Made made) {
    return row(made.key()).put("value", made.value()).json();
  }

  private static Answer row(WriteKey key) {
    return new Answer()
        .put("id", key.id())
        .put("source", key.source())
        .put("browser", key.browser())
        .put("hint", key.hint())
        .texts("origins", key.origins())
        .put("per_minute", key.perMinute())
        .put("created_at", key.createdAt().toString())
        .put("revoked_at", text(key.revokedAt()));
  }

  static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
