package io.pulso.server.access;

import io.pulso.server.event.InputException;
import io.pulso.server.store.SigningSecretRows;
import io.pulso.server.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The secrets with which sources sign who their users are. Those that hold are kept in memory; in
/// the store they are encrypted.
public final class SigningSecrets {
  private static final System.Logger LOG = System.getLogger(SigningSecrets.class.getName());
  private static final int LONGEST = 200;

  private final Store store;
  private final Vault vault;
  private final Clock clock;
  private volatile Map<Id, Held> held = Map.of();

  private record Id(String source, String kid) {}

  /// The bytes of a secret, which never leave it but as a copy.
  private record Held(String value) {
    byte[] bytes() {
      return value.getBytes(StandardCharsets.UTF_8);
    }
  }

  /// A secret, without its value.
  public record SigningSecret(
      String kid, String source, Instant createdAt, @Nullable Instant revokedAt) {}

  /// A new secret and its value, which is never shown again.
  public record Made(SigningSecret secret, String value) {}

  public SigningSecrets(Store store, Vault vault, Clock clock) {
    this.store = store;
    this.vault = vault;
    this.clock = clock;
    read();
  }

  private void read() {
    Map<Id, Held> found = new HashMap<>();
    for (SigningSecretRows.Row row : store.access().signingSecrets().all()) {
      if (row.revokedAt() == null) {
        try {
          byte[] value = vault.open(row.kid(), row.sealed());
          found.put(
              new Id(row.source(), row.kid()), new Held(new String(value, StandardCharsets.UTF_8)));
        } catch (InputException e) {
          LOG.log(System.Logger.Level.ERROR, "no token can be proven: {0}", e.getMessage());
        }
      }
    }
    held = Map.copyOf(found);
  }

  /// The bytes of the secret with that id; null when there is none of this source that holds.
  public byte @Nullable [] find(String source, String kid) {
    Held found = held.get(new Id(source, kid));
    return found == null ? null : found.bytes();
  }

  /// All secrets, also revoked ones, oldest first.
  public synchronized List<SigningSecret> list() {
    return store.access().signingSecrets().all().stream().map(SigningSecrets::secret).toList();
  }

  /// Makes a secret; older ones of the source hold until they are revoked.
  public synchronized Made create(String source) {
    if (source.isBlank() || source.length() > LONGEST) {
      throw new InputException("a source needs a name of at most " + LONGEST + " characters");
    }
    String kid = Secret.id();
    Secret secret = Secret.random("sig_");
    Instant now = clock.instant();
    SigningSecretRows.Row row =
        new SigningSecretRows.Row(
            kid,
            source,
            vault.seal(kid, secret.value().getBytes(StandardCharsets.UTF_8)),
            now.getEpochSecond() * 1_000_000 + now.getNano() / 1000,
            null);
    store.access().signingSecrets().add(row);
    read();
    return new Made(secret(row), secret.value());
  }

  /// From now on nothing that was signed with the secret is believed.
  public synchronized void revoke(String kid) {
    if (!store.access().signingSecrets().revoke(kid, clock.instant())) {
      throw new InputException(
          "there is no secret %s that holds; the list of secrets shows all".formatted(kid));
    }
    read();
  }

  private static SigningSecret secret(SigningSecretRows.Row row) {
    Long revoked = row.revokedAt();
    return new SigningSecret(
        row.kid(),
        row.source(),
        Micros.instant(row.createdAt()),
        revoked == null ? null : Micros.instant(revoked));
  }
}
