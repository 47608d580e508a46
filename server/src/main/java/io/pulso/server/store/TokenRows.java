package io.pulso.server.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stored tokens of the API.
public final class TokenRows {
  private final Db db;

  TokenRows(Db db) {
    this.db = db;
  }

  /// One token; instants are microseconds.
  ///
  /// @param hash SHA-256 of its value, in hexadecimal digits
  public record Row(
      String id,
      String name,
      String scope,
      String hash,
      long createdAt,
      @Nullable Long expiresAt,
      @Nullable Long lastUsedAt,
      @Nullable Long revokedAt) {}

  /// All tokens, oldest first.
  public List<Row> all() {
    return db.list(
        """
        SELECT id, name, scope, hash, epoch_us(created_at), epoch_us(expires_at), epoch_us(last_used_at), epoch_us(revoked_at)
        FROM api_token ORDER BY created_at, id
        """,
        row ->
            new Row(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                Db.orNull(row, 6),
                Db.orNull(row, 7),
                Db.orNull(row, 8)));
  }

  public void add(Row token) {
    db.locked(() ->
        db.run(
            "INSERT INTO api_token VALUES (?, ?, ?, ?, make_timestamptz(?), make_timestamptz(CAST(? AS BIGINT)), NULL, NULL)",
            token.id(),
            token.name(),
            token.scope(),
            token.hash(),
            token.createdAt(),
            token.expiresAt()));
  }

  /// Revokes a token; false when there is none that holds.
  public boolean revoke(String id, long at) {
    return db.locked(() ->
        db.run(
                "UPDATE api_token SET revoked_at = make_timestamptz(?) WHERE id = ? AND revoked_at IS NULL",
                at,
                id)
            > 0);
  }

  /// Notes it without waiting for others who change the store, even if it may be lost.
  public void used(String id, long at) {
    db.run("UPDATE api_token SET last_used_at = make_timestamptz(?) WHERE id = ?", at, id);
  }
}
