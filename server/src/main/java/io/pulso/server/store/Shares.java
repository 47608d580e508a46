package io.pulso.server.store;

import io.pulso.server.event.InputException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Snapshots of pages that whoever has the address may open, without signing in, until they are
/// over or revoked. Only a hash of the address is kept; a snapshot that nobody may open any more is
/// removed.
public final class Shares {
  /// The most days that one can be opened.
  public static final int MOST_DAYS = 90;

  private static final long DAY = 86_400_000_000L;
  private static final int SECRET_BYTES = 32;
  private static final int ID_BYTES = 6;
  private static final int LONGEST = 500_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Db db;

  Shares(Db db) {
    this.db = db;
  }

  /// What is to be shared.
  ///
  /// @param page which page it is a snapshot of
  /// @param person the number of the customer whom it shows; null for nobody's page
  /// @param snapshot JSON without personal data
  public record Wanted(
      String page, @Nullable Integer person, String snapshot, String author, int days) {}

  /// A new one.
  ///
  /// @param secret the part of its address that nobody can guess; never told again
  public record Made(String id, String secret, long expiresAt) {}

  /// One of them; instants are microseconds.
  ///
  /// @param opened how often it was opened
  public record Row(
      String id,
      String page,
      @Nullable Integer person,
      String author,
      long madeAt,
      long expiresAt,
      @Nullable Long revokedAt,
      @Nullable String revokedBy,
      long opened) {
    /// Whether it can be opened.
    public boolean isOpen(long at) {
      return revokedAt == null && at < expiresAt;
    }
  }

  /// A snapshot that can be opened.
  public record Snapshot(String id, String page, String json, long madeAt, long expiresAt) {}

  /// Keeps a snapshot.
  ///
  /// @param at in microseconds
  public Made add(Wanted wanted, long at) {
    if (wanted.days() < 1 || wanted.days() > MOST_DAYS) {
      throw new InputException(
          "a link can be opened for 1 to %d days, not %d".formatted(MOST_DAYS, wanted.days()));
    }
    if (wanted.snapshot().length() > LONGEST) {
      throw new InputException("the page is too large to be shared");
    }
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random(SECRET_BYTES));
    String id = HexFormat.of().formatHex(random(ID_BYTES));
    long expires = at + wanted.days() * DAY;
    db.inTransaction(() -> {
      end(at);
      return db.run(
          """
          INSERT INTO share VALUES (?, ?, ?, ?, ?, ?, make_timestamptz(?), make_timestamptz(?), NULL, NULL, 0)
          """,
          id,
          hash(secret),
          wanted.page(),
          wanted.person(),
          wanted.snapshot(),
          wanted.author(),
          at,
          expires);
    });
    return new Made(id, secret, expires);
  }

  /// Removes snapshots that are over.
  private void end(long at) {
    db.run(
        "UPDATE share SET snapshot = '' WHERE snapshot <> '' AND expires_at <= make_timestamptz(?)",
        at);
  }

  /// What the address with a secret shows; nothing where it is unknown, over or revoked.
  public Optional<Snapshot> open(String secret, long at) {
    return db.inTransaction(() -> {
      Optional<Snapshot> found =
          db
              .list(
                  """
                  SELECT id, page, snapshot, epoch_us(made_at), epoch_us(expires_at) FROM share
                  WHERE hash = ? AND revoked_at IS NULL AND expires_at > make_timestamptz(?)
                  """,
                  row ->
                      new Snapshot(
                          row.getString(1),
                          row.getString(2),
                          row.getString(3),
                          row.getLong(4),
                          row.getLong(5)),
                  hash(secret),
                  at)
              .stream()
              .findFirst();
      found.ifPresent(one -> db.run("UPDATE share SET opened = opened + 1 WHERE id = ?", one.id()));
      return found;
    });
  }

  /// Ends one at once; false where there is none that can be opened.
  ///
  /// @param at in microseconds
  public boolean revoke(String id, String author, long at) {
    return db.inTransaction(() ->
        db.run(
                """
                UPDATE share SET snapshot = '', revoked_at = make_timestamptz(?), revoked_by = ?
                WHERE id = ? AND revoked_at IS NULL AND expires_at > make_timestamptz(?)
                """,
                at,
                author,
                id,
                at)
            > 0);
  }

  /// The one with an id.
  public Optional<Row> find(String id) {
    return rows("id = ?", id).stream().findFirst();
  }

  /// Those of a customer, the newest first.
  public List<Row> of(int person) {
    return rows("person = ? ORDER BY made_at DESC, id", person);
  }

  /// Those of a page that is nobody's, the newest first.
  public List<Row> of(String page) {
    return rows("page = ? AND person IS NULL ORDER BY made_at DESC, id", page);
  }

  private List<Row> rows(String which, Object... values) {
    return db.list(
        """
        SELECT id, page, person, author, epoch_us(made_at), epoch_us(expires_at), epoch_us(revoked_at), revoked_by, opened
        FROM share WHERE %s
        """
            .formatted(which),
        row -> {
          Long person = Db.orNull(row, 3);
          return new Row(
              row.getString(1),
              row.getString(2),
              person == null ? null : (Integer) person.intValue(),
              row.getString(4),
              row.getLong(5),
              row.getLong(6),
              Db.orNull(row, 7),
              row.getString(8),
              row.getLong(9));
        },
        values);
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static String hash(String secret) {
    try {
      byte[] utf8 = secret.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
