package io.pulso.server.store;

import io.pulso.server.event.InputException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The people who objected to being scored, with when and by whom that was entered and taken back.
/// An objection names one id and holds for all ids of the person, also for those that come later,
/// and for every day and state of knowledge that is asked for.
public final class Objections {
  private static final int LONGEST_NOTE = 500;

  private static final String IN_FORCE = "o.withdrawn_at IS NULL";
  private static final String WHOSE =
      "FROM objection o LEFT JOIN merged m ON m.person = o.person WHERE " + IN_FORCE;

  private final Db db;

  Objections(Db db) {
    this.db = db;
  }

  /// Where a person stands.
  ///
  /// @param id by which the person goes
  /// @param since when the person objected, in microseconds; null for one who did not
  public record Standing(String id, @Nullable Long since) {}

  /// An objection as it was entered.
  ///
  /// @param id that was named
  /// @param customer the id by which that person goes now
  /// @param objectedAt in microseconds
  /// @param author who entered it
  /// @param withdrawnAt in microseconds; null while it holds
  public record Row(
      long no,
      String id,
      String customer,
      long objectedAt,
      String author,
      String note,
      @Nullable Long withdrawnAt,
      @Nullable String withdrawnBy) {}

  /// There is no such person.
  public static final class UnknownPerson extends InputException {
    private static final long serialVersionUID = 1L;

    UnknownPerson(String id) {
      super("there is no customer '%s'".formatted(id));
    }
  }

  /// Keeps a person out of scores from now on. Who objected already stays as they are.
  ///
  /// @param at in microseconds
  public Standing object(String id, String author, String note, long at) {
    if (note.codePointCount(0, note.length()) > LONGEST_NOTE
        || note.chars().anyMatch(Character::isISOControl)) {
      throw new InputException("a note is a line of at most %d characters".formatted(LONGEST_NOTE));
    }
    return db.inTransaction(() -> {
      if (standing(id).since() == null) {
        db.run(
            """
            INSERT INTO objection SELECT (SELECT COALESCE(MAX(no), 0) + 1 FROM objection), p.no, make_timestamptz(?), ?, ?, NULL, NULL
            FROM person p WHERE p.id = ?
            """,
            at,
            author,
            note,
            id);
        new TouchedDays(db).touch(TouchedDays.ALL);
      }
      return standing(id);
    });
  }

  /// Takes all objections of a person back.
  ///
  /// @param at in microseconds
  public Standing withdraw(String id, String author, long at) {
    return db.inTransaction(() -> {
      int subject = subject(id);
      db.run(
          """
          UPDATE objection SET withdrawn_at = make_timestamptz(?), withdrawn_by = ?
          WHERE withdrawn_at IS NULL AND (person = ? OR person IN (SELECT person FROM merged WHERE subject = ?))
          """,
          at,
          author,
          subject,
          subject);
      new TouchedDays(db).touch(TouchedDays.ALL);
      return standing(id);
    });
  }

  /// Where the person that an id belongs to stands.
  public Standing standing(String id) {
    int subject = subject(id);
    String name =
        db.list("SELECT id FROM person WHERE no = ?", row -> row.getString(1), subject).getFirst();
    return new Standing(name, since(db, Tables.NOW, subject));
  }

  private int subject(String id) {
    List<Integer> found =
        id.isEmpty()
            ? List.of()
            : db.list(
                "SELECT COALESCE(m.subject, p.no) FROM person p LEFT JOIN merged m ON m.person = p.no WHERE p.id = ?",
                row -> row.getInt(1),
                id);
    if (found.isEmpty()) {
      throw new UnknownPerson(id);
    }
    return found.getFirst();
  }

  /// What was entered, the newest first.
  ///
  /// @param inForce those alone that were not taken back
  /// @param before a number; those with smaller ones follow
  public List<Row> list(boolean inForce, long before, int limit) {
    return db.list(
        """
        SELECT o.no, p.id, w.id, epoch_us(o.objected_at), o.author, o.note, epoch_us(o.withdrawn_at), o.withdrawn_by
        FROM objection o JOIN person p ON p.no = o.person LEFT JOIN merged m ON m.person = o.person
        JOIN person w ON w.no = COALESCE(m.subject, o.person)
        WHERE o.no < ? %s ORDER BY o.no DESC LIMIT ?
        """
            .formatted(inForce ? "AND " + IN_FORCE : ""),
        row ->
            new Row(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                Db.orNull(row, 7),
                row.getString(8)),
        before,
        limit);
  }

  /// Whether anybody objects.
  static boolean any(Db db) {
    return db.number("SELECT COUNT(*) FROM objection o WHERE " + IN_FORCE) > 0;
  }

  /// The query of all ids of those who object, with the time: person, since.
  private static String people() {
    return """
    SELECT x.person, w.since FROM (SELECT COALESCE(m.subject, o.person) AS no, MIN(o.objected_at) AS since %s GROUP BY 1) w
    JOIN (SELECT person, subject FROM merged UNION ALL SELECT no, no FROM person) x ON x.subject = w.no\
    """
        .formatted(WHOSE);
  }

  /// The query of the subjects of a state of knowledge who object, with the time: no, since. An id
  /// that was not known to be theirs counts as theirs.
  private static String subjects(Tables tables) {
    return tables.prefix().isEmpty()
        ? "SELECT COALESCE(m.subject, o.person) AS no, o.objected_at AS since " + WHOSE
        : "SELECT COALESCE(v.subject, i.person) AS no, i.since FROM (%s) i LEFT JOIN %s v ON v.person = i.person"
            .formatted(people(), tables.name("merged"));
  }

  /// The query of their numbers alone, to stand behind IN.
  static String numbers(Tables tables) {
    return tables.prefix().isEmpty()
        ? "SELECT COALESCE(m.subject, o.person) " + WHOSE
        : "SELECT DISTINCT no FROM (%s)".formatted(subjects(tables));
  }

  /// The numbers of all ids of those who object.
  static List<String> ids(Db db) {
    return any(db)
        ? db.list("SELECT DISTINCT person FROM (%s)".formatted(people()), row -> row.getString(1))
        : List.of();
  }

  /// Since when a subject objects, in microseconds; null for one who does not.
  static @Nullable Long since(Db db, Tables tables, int subject) {
    return !any(db)
        ? null
        : db
            .list(
                "SELECT epoch_us(MIN(since)) FROM (%s) WHERE no = ? HAVING COUNT(*) > 0"
                    .formatted(subjects(tables)),
                row -> row.getLong(1),
                subject)
            .stream()
            .findFirst()
            .orElse(null);
  }
}
