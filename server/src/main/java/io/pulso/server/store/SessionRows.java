package io.pulso.server.store;

import java.util.List;

/// The stored sessions of people who use the pages.
public final class SessionRows {
  private final Db db;

  SessionRows(Db db) {
    this.db = db;
  }

  /// One session; instants are microseconds.
  ///
  /// @param hash SHA-256 of its value
  public record Row(String hash, String member, String address, long beganAt, long usedAt) {}

  public List<Row> all() {
    return db.list(
        "SELECT hash, member, address, epoch_us(began_at), epoch_us(used_at) FROM member_session",
        row ->
            new Row(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5)));
  }

  public void add(Row row) {
    db.locked(() ->
        db.run(
            "INSERT INTO member_session VALUES (?, ?, ?, make_timestamptz(?), make_timestamptz(?))",
            row.hash(),
            row.member(),
            row.address(),
            row.beganAt(),
            row.usedAt()));
  }

  /// Notes that one was used, without waiting for others who change the store, even if it may be
  /// lost.
  public void used(String hash, long at) {
    db.run("UPDATE member_session SET used_at = make_timestamptz(?) WHERE hash = ?", at, hash);
  }

  /// Ends all sessions, and one-time links, as in a store that was restored: some of them may have
  /// been ended since.
  public void endAll() {
    db.transaction(() -> {
      db.run("DELETE FROM member_session");
      db.run("DELETE FROM member_link");
    });
  }

  /// Ends sessions.
  public void end(List<String> hashes) {
    db.transaction(
        () -> hashes.forEach(hash -> db.run("DELETE FROM member_session WHERE hash = ?", hash)));
  }
}
