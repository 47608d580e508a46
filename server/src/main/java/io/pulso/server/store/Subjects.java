package io.pulso.server.store;

import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Who exists in one state of knowledge, and by which ids.
final class Subjects {
  /// As the right side of IN.
  static final String NOBODY = "(-1)";

  private final Db db;
  private final Tables tables;

  Subjects(Db db, Tables tables) {
    this.db = db;
    this.tables = tables;
  }

  /// A join that leaves those of one kind.
  ///
  /// @param number of a subject
  static String only(Select.Who who, Tables tables, String number) {
    return switch (who) {
      case ANYBODY -> "";
      case IDENTIFIED ->
          " JOIN %s u ON u.no = %s AND u.identified".formatted(tables.name("subject"), number);
      case ANONYMOUS ->
          " JOIN %s u ON u.no = %s AND NOT u.identified".formatted(tables.name("subject"), number);
    };
  }

  /// Everyone that exists, sorted by id.
  Population population(Model.Subject subject) {
    String sql =
        switch (subject) {
          case CUSTOMER ->
              "SELECT s.no, p.id, s.first_day, s.identified FROM %s s JOIN person p ON p.no = s.no ORDER BY p.id"
                  .formatted(tables.name("subject"));
          case ACCOUNT ->
              "SELECT s.no, p.id, s.first_day, TRUE FROM %s s JOIN account p ON p.no = s.no ORDER BY p.id"
                  .formatted(tables.name("account_subject"));
        };
    return new PopulationReader(db).read(sql);
  }

  /// Everyone that exists, by their numbers.
  Members members(Model.Subject subject) {
    String sql =
        switch (subject) {
          case CUSTOMER -> "SELECT no, first_day, identified FROM " + tables.name("subject");
          case ACCOUNT -> "SELECT no, first_day, TRUE FROM " + tables.name("account_subject");
        };
    int[][] firstDays = {new int[1024]};
    Arrays.fill(firstDays[0], Members.NEVER);
    BitSet identified = new BitSet();
    db.chunks(
        sql,
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            int number = chunk.vector(0).getInt(i);
            int before = firstDays[0].length;
            if (number >= before) {
              firstDays[0] = Arrays.copyOf(firstDays[0], Math.max(number + 1, before * 2));
              Arrays.fill(firstDays[0], before, firstDays[0].length, Members.NEVER);
            }
            firstDays[0][number] = chunk.vector(1).getInt(i);
            identified.set(number, chunk.vector(2).getBoolean(i));
          }
        });
    return Members.of(firstDays[0], identified);
  }

  /// Those of some numbers that are subjects' and have an id: the erased have none.
  BitSet existing(Model.Subject subject, int[] some) {
    String among =
        IntStream.of(some).mapToObj(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    boolean customer = subject == Model.Subject.CUSTOMER;
    return some.length == 0
        ? new BitSet()
        : RollUps.numbers(
            db,
            "SELECT s.no FROM %s s JOIN %s p ON p.no = s.no WHERE s.no IN %s AND p.no IN %3$s AND p.id <> ''"
                .formatted(
                    tables.name(customer ? "subject" : "account_subject"),
                    customer ? "person" : "account",
                    among));
  }

  /// The number of the subject that an id belongs to.
  OptionalInt number(Model.Subject subject, String id) {
    String sql =
        switch (subject) {
          case CUSTOMER ->
              "SELECT COALESCE(m.subject, p.no) FROM person p LEFT JOIN %s m ON m.person = p.no WHERE p.id = ?"
                  .formatted(tables.name("merged"));
          case ACCOUNT -> "SELECT no FROM account WHERE id = ?";
        };
    return db.list(sql, row -> row.getInt(1), id).stream().mapToInt(n -> n).findFirst();
  }

  /// The number of the subject that the id with a number belongs to.
  int subject(Model.Subject subject, int number) {
    return subject == Model.Subject.ACCOUNT
        ? number
        : db
            .list(
                "SELECT subject FROM %s WHERE person = ?".formatted(tables.name("merged")),
                row -> row.getInt(1),
                number)
            .stream()
            .findFirst()
            .orElse(number);
  }

  /// Ids of subjects that are spelled much like a text, the nearest first.
  List<String> nearest(Model.Subject subject, String id, int most) {
    String sql =
        switch (subject) {
          case CUSTOMER -> "SELECT p.id FROM %s s JOIN person p ON p.no = s.no";
          case ACCOUNT -> "SELECT p.id FROM %s s JOIN account p ON p.no = s.no";
        };
    String table = subject == Model.Subject.CUSTOMER ? "subject" : "account_subject";
    return db.list(
        sql.formatted(tables.name(table))
            + " WHERE levenshtein(lower(p.id), lower(?)) <= ? ORDER BY levenshtein(lower(p.id), lower(?)), p.id LIMIT ?",
        row -> row.getString(1),
        id,
        Math.max(1, id.length() / 2),
        id,
        most);
  }

  /// The id by which a subject goes: the end of its chain of links.
  String id(Model.Subject subject, int number) {
    String table = subject == Model.Subject.CUSTOMER ? "person" : "account";
    return db.list("SELECT id FROM " + table + " WHERE no = ?", row -> row.getString(1), number)
        .getFirst();
  }

  /// The local day from which the subject exists; empty when it does not.
  OptionalInt firstDay(Model.Subject subject, int number) {
    String table = subject == Model.Subject.CUSTOMER ? "subject" : "account_subject";
    return db
        .list(
            "SELECT first_day FROM %s WHERE no = ?".formatted(tables.name(table)),
            row -> row.getInt(1),
            number)
        .stream()
        .mapToInt(day -> day)
        .findFirst();
  }

  /// The ids whose events can be a subject's, as the right side of IN.
  String people(Model.Subject subject, int number) {
    return among(ids(subject, number));
  }

  /// As [#people], without those who objected to being scored.
  String scored(Model.Subject subject, int number) {
    Set<String> out = Set.copyOf(Objections.ids(db));
    List<String> ids = ids(subject, number);
    return out.isEmpty()
        ? among(ids)
        : among(ids.stream().filter(id -> id != null && !out.contains(id)).toList());
  }

  private static String among(List<String> ids) {
    List<String> given = ids.stream().filter(id -> id != null).toList();
    return given.isEmpty() ? NOBODY : "(" + String.join(", ", given) + ")";
  }

  private List<String> ids(Model.Subject subject, int number) {
    return switch (subject) {
      case CUSTOMER ->
          db.list(
              "SELECT person FROM %s WHERE subject = ? UNION SELECT CAST(? AS INTEGER)"
                  .formatted(tables.name("merged")),
              row -> row.getString(1),
              number,
              number);
      case ACCOUNT ->
          db.list(
              """
              SELECT DISTINCT person FROM event WHERE account = ?
              UNION SELECT subject FROM %1$s WHERE account = ?
              UNION SELECT m.person FROM %2$s m JOIN %1$s b ON b.subject = m.subject WHERE b.account = ?
              """
                  .formatted(tables.name("membership"), tables.name("merged")),
              row -> row.getString(1),
              number,
              number,
              number);
    };
  }
}
