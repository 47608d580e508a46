package io.pulso.server.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stored people who may use the pages, and the one-time links that let them in.
public final class MemberRows {
  private static final String LIVE = "removed_at IS NULL";

  private final Db db;

  MemberRows(Db db) {
    this.db = db;
  }

  /// One person; instants are microseconds, and what is not there is empty.
  ///
  /// @param accounts a condition over the accounts that they see
  /// @param password the hash of it
  /// @param issuer who vouches for them
  /// @param issued by which name the issuer knows them
  public record Row(
      String id,
      String email,
      String name,
      String role,
      String accounts,
      String language,
      String theme,
      String password,
      String issuer,
      String issued,
      long createdAt,
      @Nullable Long removedAt) {}

  /// Everybody, also who was removed, oldest first.
  public List<Row> all() {
    return db.list(
        """
        SELECT id, email, name, role, accounts, language, theme, password, issuer, issued, epoch_us(created_at), epoch_us(removed_at)
        FROM member ORDER BY created_at, email, id
        """,
        row ->
            new Row(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getLong(11),
                Db.orNull(row, 12)));
  }

  public void add(Row row) {
    db.locked(() ->
        db.run(
            "INSERT INTO member VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, make_timestamptz(?), NULL)",
            row.id(),
            row.email(),
            row.name(),
            row.role(),
            row.accounts(),
            row.language(),
            row.theme(),
            row.password(),
            row.issuer(),
            row.issued(),
            row.createdAt()));
  }

  /// Replaces what is said of a person who was not removed; false when there is none.
  public boolean change(Row row) {
    return db.locked(() ->
        db.run(
                """
                UPDATE member SET email = ?, name = ?, role = ?, accounts = ?, language = ?, theme = ?, password = ?, issuer = ?, issued = ?
                WHERE id = ? AND %s
                """
                    .formatted(LIVE),
                row.email(),
                row.name(),
                row.role(),
                row.accounts(),
                row.language(),
                row.theme(),
                row.password(),
                row.issuer(),
                row.issued(),
                row.id())
            > 0);
  }

  /// Removes a person with what lets them in; their name stays. False when there is none.
  public boolean remove(String id, long at) {
    return db.inTransaction(() -> {
      db.run("DELETE FROM member_link WHERE member = ?", id);
      db.run("DELETE FROM member_session WHERE member = ?", id);
      return db.run(
              "UPDATE member SET removed_at = make_timestamptz(?), password = '', issuer = '', issued = '' WHERE id = ? AND "
                  + LIVE,
              at,
              id)
          > 0;
    });
  }

  /// A one-time link.
  ///
  /// @param hash SHA-256 of its value
  /// @param member empty for the first administrator
  /// @param expiresAt in microseconds
  public record Link(String hash, String member, long expiresAt) {}

  /// Stores a link; it takes the place of an older one of the same person.
  public void link(Link link) {
    db.transaction(() -> {
      db.run("DELETE FROM member_link WHERE member = ?", link.member());
      db.run(
          "INSERT INTO member_link VALUES (?, ?, make_timestamptz(?))",
          link.hash(),
          link.member(),
          link.expiresAt());
    });
  }

  /// All links, used ones are gone.
  public List<Link> links() {
    return db.list(
        "SELECT hash, member, epoch_us(expires_at) FROM member_link",
        row -> new Link(row.getString(1), row.getString(2), row.getLong(3)));
  }

  /// Takes a link away; false when it is gone already.
  public boolean unlink(String hash) {
    return db.locked(() -> db.run("DELETE FROM member_link WHERE hash = ?", hash) > 0);
  }
}
