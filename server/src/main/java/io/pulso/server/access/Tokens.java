package io.pulso.server.access;

import io.pulso.server.event.InputException;
import io.pulso.server.store.Store;
import io.pulso.server.store.TokenRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The tokens with which programs use the API. Those that hold are kept in memory by their hashes.
public final class Tokens {
  private final Store store;
  private final Clock clock;
  private volatile Map<String, Token> byHash = Map.of();

  /// Tokens of this process alone, by their hashes.
  private final Map<String, Token> passing = new ConcurrentHashMap<>();

  public Tokens(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    read();
  }

  /// What may be done with a token; each may do what those before it may.
  public enum Scope {
    READ,
    WRITE,
    ADMIN;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public boolean allows(Scope needed) {
      return compareTo(needed) >= 0;
    }

    public static Scope of(String word) {
      for (Scope scope : values()) {
        if (scope.word().equals(word)) {
          return scope;
        }
      }
      throw new InputException("'%s' is no scope; there are read, write and admin".formatted(word));
    }
  }

  /// A token.
  public record Token(
      String id,
      String name,
      Scope scope,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt) {}

  /// A new token and its value, which is never shown again.
  public record Made(Token token, String value) {}

  private void read() {
    Map<String, Token> found = new HashMap<>();
    for (TokenRows.Row row : store.access().tokens().all()) {
      if (row.revokedAt() == null) {
        found.put(row.hash(), token(row));
      }
    }
    byHash = Map.copyOf(found);
  }

  /// The token with that value; null when it is unknown, revoked or has expired.
  public @Nullable Token find(String value) {
    String hash = new Secret(value).hash();
    Token token = byHash.get(hash);
    if (token == null) {
      return passing.get(hash);
    }
    Instant end = token.expiresAt();
    return end == null || clock.instant().isBefore(end) ? token : null;
  }

  /// All tokens, also those that no longer hold, oldest first.
  public synchronized List<Token> list() {
    return store.access().tokens().all().stream().map(Tokens::token).toList();
  }

  /// Makes a token.
  ///
  /// @param life null for a token that does not expire
  public synchronized Made create(String name, Scope scope, @Nullable Duration life) {
    Secret secret = Secret.random("tok_");
    Instant now = clock.instant();
    TokenRows.Row row =
        new TokenRows.Row(
            Secret.id(),
            name,
            scope.word(),
            secret.hash(),
            Micros.of(now),
            life == null ? null : Micros.of(now.plus(life)),
            null,
            null);
    store.access().tokens().add(row);
    read();
    return new Made(token(row), secret.value());
  }

  /// The value of a new token that holds until this process ends, and is not stored.
  public String passing(String name, Scope scope) {
    Secret secret = Secret.random("run_");
    Token token = new Token(Secret.id(), name, scope, clock.instant(), null, null, null);
    passing.put(secret.hash(), token);
    return secret.value();
  }

  /// Whether a token is of this process alone.
  public boolean isPassing(Token token) {
    return passing.containsValue(token);
  }

  public synchronized void revoke(String id) {
    if (!store.access().tokens().revoke(id, Micros.of(clock.instant()))) {
      throw new InputException("there is no token %s that holds".formatted(id));
    }
    read();
  }

  private static Token token(TokenRows.Row row) {
    return new Token(
        row.id(),
        row.name(),
        Scope.of(row.scope()),
        Micros.instant(row.createdAt()),
        orNull(row.expiresAt()),
        orNull(row.lastUsedAt()),
        orNull(row.revokedAt()));
  }

  private static @Nullable Instant orNull(@Nullable Long micros) {
    return micros == null ? null : Micros.instant(micros);
  }
}
