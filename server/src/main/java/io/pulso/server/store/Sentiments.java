package io.pulso.server.store;

import io.pulso.engine.model.Model;
import java.util.List;
import java.util.Locale;

/// How people of the company see a customer or an account. It is kept beside the score and never
/// changes it.
public final class Sentiments {
  private final Db db;

  Sentiments(Db db) {
    this.db = db;
  }

  /// What one can be.
  public enum Mood {
    GOOD,
    NEUTRAL,
    BAD;

    /// The word for it.
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// One that was entered.
  ///
  /// @param at in microseconds
  public record Row(long no, Mood mood, String note, String author, long at) {}

  /// Enters one; it holds until the next.
  ///
  /// @param at in microseconds
  public Row say(Model.Subject kind, int number, Mood mood, String note, String author, long at) {
    Lines.check("a note", note, 0);
    boolean customer = kind == Model.Subject.CUSTOMER;
    return db.inTransaction(() -> {
      long no = db.number("SELECT COALESCE(MAX(no), 0) + 1 FROM sentiment");
      db.run(
          "INSERT INTO sentiment VALUES (?, ?, ?, ?, ?, ?, make_timestamptz(?))",
          no,
          customer ? (Integer) number : null,
          customer ? null : (Integer) number,
          mood.name(),
          note,
          author,
          at);
      return new Row(no, mood, note, author, at);
    });
  }

  /// Those of a customer or account, the newest first.
  public List<Row> of(Model.Subject kind, int number) {
    String which =
        kind == Model.Subject.CUSTOMER ? "COALESCE(m.subject, s.person) = ?" : "s.account = ?";
    return db.list(
        "SELECT s.no, s.mood, s.note, s.author, epoch_us(s.said_at) FROM sentiment s LEFT JOIN merged m ON m.person = s.person WHERE %s ORDER BY s.no DESC"
            .formatted(which),
        row ->
            new Row(
                row.getLong(1),
                Mood.valueOf(row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getLong(5)),
        number);
  }
}
