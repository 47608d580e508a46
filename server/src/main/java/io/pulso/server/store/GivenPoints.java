package io.pulso.server.store;

import io.pulso.engine.model.Model;
import io.pulso.server.event.InputException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The points that people gave to customers and accounts or took from them: each for one model,
/// with a reason and a last day.
public final class GivenPoints {
  /// The most points, either way, in milli-points.
  public static final long MOST = 10_000_000;

  /// The most days that they hold, the day on which they are given among them.
  public static final int MOST_DAYS = 90;

  private final Db db;

  GivenPoints(Db db) {
    this.db = db;
  }

  /// Points that are to be given.
  ///
  /// @param points milli-points, negative ones too
  /// @param first the local day on which they are given
  public record Wanted(
      Model.Subject kind,
      int subject,
      String model,
      long points,
      int first,
      int last,
      String reason,
      String author) {}

  /// Points that were given.
  ///
  /// @param id of the customer or account that they were given to
  /// @param last the last day that was said at first
  /// @param givenAt in microseconds
  /// @param endedDay from which on they do not hold; null where nobody ended them
  public record Row(
      long no,
      Model.Subject kind,
      String id,
      String model,
      long points,
      int first,
      int last,
      String reason,
      String author,
      long givenAt,
      @Nullable Integer endedDay,
      @Nullable String endedBy) {
    /// Whether they hold on a day.
    public boolean holds(int day) {
      Integer ended = endedDay;
      return first <= day && day <= last && (ended == null || day < ended);
    }
  }

  /// Gives points, and their number.
  ///
  /// @param at in microseconds
  public long give(Wanted wanted, long at) {
    check(wanted);
    return db.inTransaction(() -> {
      long no = db.number("SELECT COALESCE(MAX(no), 0) + 1 FROM adjustment");
      db.run(
          """
          INSERT INTO adjustment (person, account, model, points, first_day, last_day, reason, author, received_at, no)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, make_timestamptz(?), ?)
          """,
          wanted.kind() == Model.Subject.CUSTOMER ? (Integer) wanted.subject() : null,
          wanted.kind() == Model.Subject.ACCOUNT ? (Integer) wanted.subject() : null,
          wanted.model(),
          wanted.points(),
          wanted.first(),
          wanted.last(),
          wanted.reason(),
          wanted.author(),
          at,
          no);
      new TouchedDays(db).touch(wanted.first());
      return no;
    });
  }

  private static void check(Wanted wanted) {
    if (wanted.points() == 0 || Math.abs(wanted.points()) > MOST) {
      throw new InputException(
          "points are a number from -%1$d to %1$d with at most 3 decimals, and not 0"
              .formatted(MOST / 1000));
    }
    if (wanted.last() < wanted.first() || wanted.last() - wanted.first() >= MOST_DAYS) {
      throw new InputException(
          "points hold for 1 to %d days, today among them".formatted(MOST_DAYS));
    }
    Lines.check("a reason", wanted.reason(), 1);
  }

  /// Ends points on a day, from which on they do not hold.
  ///
  /// @param at in microseconds
  public Row end(long no, int day, String author, long at) {
    return db.inTransaction(() -> {
      Row row = find(no);
      if (row.endedDay() != null || row.last() < day) {
        throw new InputException("the adjustment %d has ended already".formatted(no));
      }
      db.run(
          "UPDATE adjustment SET ended_day = ?, ended_at = make_timestamptz(?), ended_by = ? WHERE no = ?",
          Math.max(day, row.first()),
          at,
          author,
          no);
      new TouchedDays(db).touch(Math.max(day, row.first()));
      return find(no);
    });
  }

  /// Those of a number.
  public Row find(long no) {
    List<Row> found = rows("a.no = ?", no);
    if (found.isEmpty()) {
      throw new Unknown("there is no adjustment %d".formatted(no));
    }
    return found.getFirst();
  }

  /// Those of a customer or account, the newest first.
  public List<Row> of(Model.Subject kind, int subject) {
    return rows(
        kind == Model.Subject.CUSTOMER ? "COALESCE(m.subject, a.person) = ?" : "a.account = ?",
        subject);
  }

  private List<Row> rows(String which, Object value) {
    return db.list(
        """
        SELECT a.no, COALESCE(p.id, c.id), a.model, a.points, a.first_day, a.last_day, a.reason, a.author, epoch_us(a.received_at), a.ended_day, a.ended_by,
          a.account IS NULL
        FROM adjustment a LEFT JOIN person p ON p.no = a.person LEFT JOIN account c ON c.no = a.account
        LEFT JOIN merged m ON m.person = a.person WHERE %s ORDER BY a.no DESC
        """
            .formatted(which),
        row -> {
          Long ended = Db.orNull(row, 10);
          return new Row(
              row.getLong(1),
              row.getBoolean(12) ? Model.Subject.CUSTOMER : Model.Subject.ACCOUNT,
              row.getString(2),
              row.getString(3),
              row.getLong(4),
              row.getInt(5),
              row.getInt(6),
              row.getString(7),
              row.getString(8),
              row.getLong(9),
              ended == null ? null : (Integer) ended.intValue(),
              row.getString(11));
        },
        value);
  }
}
