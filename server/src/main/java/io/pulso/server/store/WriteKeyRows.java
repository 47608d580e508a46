package io.pulso.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stored write keys.
public final class WriteKeyRows {
  private final Db db;

  WriteKeyRows(Db db) {
    this.db = db;
  }

  /// One key.
  ///
  /// @param hash SHA-256 of its value, in hexadecimal digits
  /// @param hint the end of its value
  /// @param origins a JSON list of texts
  /// @param perMinute how many requests it may send a minute; 0 for any number
  /// @param createdAt in microseconds
  /// @param revokedAt in microseconds; null while it holds
  public record Row(
      String id,
      String source,
      boolean browser,
      String hash,
      String hint,
      String origins,
      int perMinute,
      long createdAt,
      @Nullable Long revokedAt) {}

  /// All keys, oldest first.
  public List<Row> all() {
    return db.list(
        """
        SELECT k.id, s.name, k.browser, k.hash, k.hint, k.origins, k.per_minute, epoch_us(k.created_at), epoch_us(k.revoked_at)
        FROM write_key k JOIN source s ON s.no = k.source ORDER BY k.created_at, k.id
        """,
        WriteKeyRows::row);
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getString(1),
        row.getString(2),
        row.getBoolean(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getInt(7),
        row.getLong(8),
        Db.orNull(row, 9));
  }

  /// Stores a key; its source is made when there is none.
  public void add(Row key) {
    db.transaction(() -> {
      int source = new Sources(db).number(key.source(), !key.browser());
      db.run(
          "INSERT INTO write_key VALUES (?, ?, ?, ?, ?, ?, ?, make_timestamptz(?), NULL)",
          key.id(),
          source,
          key.browser(),
          key.hash(),
          key.hint(),
          key.origins(),
          key.perMinute(),
          key.createdAt());
    });
  }

  /// Revokes a key; false when there is none that holds.
  public boolean revoke(String id, Instant at) {
    long micros = at.getEpochSecond() * 1_000_000 + at.getNano() / 1000;
    return db.locked(() ->
        db.run(
                "UPDATE write_key SET revoked_at = make_timestamptz(?) WHERE id = ? AND revoked_at IS NULL",
                micros,
                id)
            > 0);
  }
}
