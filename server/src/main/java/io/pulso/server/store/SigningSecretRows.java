package io.pulso.server.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stored secrets with which sources sign who their users are; each is encrypted.
public final class SigningSecretRows {
  private final Db db;

  SigningSecretRows(Db db) {
    this.db = db;
  }

  /// One secret.
  ///
  /// @param kid its id, which tokens name
  /// @param sealed the encrypted value
  /// @param createdAt in microseconds
  /// @param revokedAt in microseconds; null while it holds
  public record Row(
      String kid, String source, String sealed, long createdAt, @Nullable Long revokedAt) {}

  /// All secrets, oldest first.
  public List<Row> all() {
    return db.list(
        """
        SELECT k.kid, s.name, k.sealed, epoch_us(k.created_at), epoch_us(k.revoked_at)
        FROM signing_secret k JOIN source s ON s.no = k.source ORDER BY k.created_at, k.kid
        """,
        row ->
            new Row(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                Db.orNull(row, 5)));
  }

  /// Stores a secret; its source is made when there is none.
  public void add(Row secret) {
    db.transaction(() -> {
      int source = new Sources(db).number(secret.source(), false);
      db.run(
          "INSERT INTO signing_secret VALUES (?, ?, ?, make_timestamptz(?), NULL)",
          secret.kid(),
          source,
          secret.sealed(),
          secret.createdAt());
    });
  }

  /// Revokes a secret and forgets its value; false when there is none that holds.
  public boolean revoke(String kid, Instant at) {
    long micros = at.getEpochSecond() * 1_000_000 + at.getNano() / 1000;
    return db.locked(() ->
        db.run(
                "UPDATE signing_secret SET revoked_at = make_timestamptz(?), sealed = '' WHERE kid = ? AND revoked_at IS NULL",
                micros,
                kid)
            > 0);
  }
}
