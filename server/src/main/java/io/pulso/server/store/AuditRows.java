package io.pulso.server.store;

import io.pulso.engine.model.Model;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stored audit log: rows are added, and only what they say of a person who is erased goes.
public final class AuditRows {
  private static final String COLUMNS =
      "no, epoch_us(done_at), actor, address, action, private, salt, digest, hash";

  private final Db db;

  AuditRows(Db db) {
    this.db = db;
  }

  /// One row.
  ///
  /// @param at in microseconds
  /// @param secret of whom and what it speaks, JSON; empty once that was erased
  /// @param salt that is digested with it
  /// @param hash of this row and the hash of the one before it
  public record Row(
      long no,
      long at,
      String actor,
      String address,
      String action,
      String secret,
      String salt,
      String digest,
      String hash) {}

  /// A row, and of whom it speaks.
  ///
  /// @param about the number that [#about] gives; null for nobody
  public record Added(Row row, @Nullable Integer about) {}

  /// The number by which a customer or an account is forgotten here: those of accounts are
  /// negative. Null for one that is not known.
  public @Nullable Integer about(Model.Subject kind, String id) {
    String table = kind == Model.Subject.CUSTOMER ? "person" : "account";
    return db
        .list(
            "SELECT no FROM %s WHERE id = ? AND id <> ''".formatted(table),
            row -> row.getInt(1),
            id)
        .stream()
        .map(number -> about(kind, number))
        .findFirst()
        .orElse(null);
  }

  private static int about(Model.Subject kind, int number) {
    return kind == Model.Subject.CUSTOMER ? number : -1 - number;
  }

  /// Forgets the words about people and accounts that are forgotten.
  ///
  /// @param people a query of the people's numbers in brackets
  static void forget(Db db, String people) {
    db.run(
        """
        UPDATE audit SET person = NULL, private = '', salt = ''
        WHERE person IN %s OR person IN (SELECT -1 - no FROM account WHERE id = '')
        """
            .formatted(people));
  }

  /// The newest row; null when there is none.
  public @Nullable Row last() {
    return page(null, null, Long.MAX_VALUE, 1).stream().findFirst().orElse(null);
  }

  /// Adds rows at once.
  public void add(List<Added> rows) {
    db.transaction(() -> {
      for (Added added : rows) {
        Row row = added.row();
        db.run(
            "INSERT INTO audit VALUES (?, make_timestamptz(?), ?, ?, ?, CAST(? AS INTEGER), ?, ?, ?, ?)",
            row.no(),
            row.at(),
            row.actor(),
            row.address(),
            row.action(),
            added.about(),
            row.secret(),
            row.salt(),
            row.digest(),
            row.hash());
      }
    });
  }

  /// Rows, the newest first.
  ///
  /// @param actor null for all
  /// @param action null for all
  /// @param before a number; those with smaller ones follow
  public List<Row> page(@Nullable String actor, @Nullable String action, long before, int limit) {
    return db.list(
        """
        SELECT %s FROM audit
        WHERE no < ? AND (CAST(? AS VARCHAR) IS NULL OR actor = ?) AND (CAST(? AS VARCHAR) IS NULL OR action = ?)
        ORDER BY no DESC LIMIT ?
        """
            .formatted(COLUMNS),
        AuditRows::row,
        before,
        actor,
        actor,
        action,
        action,
        limit);
  }

  /// Some rows behind a number, oldest first.
  public List<Row> after(long no, int limit) {
    return db.list(
        "SELECT %s FROM audit WHERE no > ? ORDER BY no LIMIT ?".formatted(COLUMNS),
        AuditRows::row,
        no,
        limit);
  }

  private static Row row(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Row(
        row.getLong(1),
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9));
  }
}
