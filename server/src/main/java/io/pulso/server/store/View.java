package io.pulso.server.store;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Manual;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.score.RollUpBuilder;
import io.pulso.engine.score.SubjectUnits;
import io.pulso.engine.score.Uncounted;
import io.pulso.engine.sql.Dialect;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.ScoreSql;
import io.pulso.engine.time.LocalDays;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The stored facts in one state of knowledge: as they are now, or as they were known at an
/// instant.
public final class View implements AutoCloseable {
  private static final String NOBODY = "(-1)";

  private final Db db;
  private final LocalDays days;
  private final Tables tables;
  private final RollUps rollUps;

  View(Db db, LocalDays days, Tables tables) {
    this(db, days, tables, new RollUps(db, days, tables));
  }

  private View(Db db, LocalDays days, Tables tables, RollUps rollUps) {
    this.db = db;
    this.days = days;
    this.tables = tables;
    this.rollUps = rollUps;
  }

  /// The same state of knowledge, but what is not rolled up yet is read of these subjects alone;
  /// nothing is true of the others. Only for a state of knowledge of its own.
  public View only(Model.Subject subject, int[] numbers) {
    if (tables.prefix().isEmpty()) {
      throw new IllegalArgumentException("the stored roll-ups are of everybody");
    }
    String all =
        IntStream.of(numbers)
            .mapToObj(number -> people(subject, number))
            .map(ids -> ids.substring(1, ids.length() - 1))
            .collect(Collectors.joining(", "));
    String people = all.isEmpty() ? NOBODY : "(" + all + ")";
    return new View(db, days, tables, new RollUps(db, days, tables, people));
  }

  /// Everyone that exists, sorted by id.
  public Population population(Model.Subject subject) {
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

  /// The number of the subject that an id belongs to.
  public OptionalInt subject(Model.Subject subject, String id) {
    String sql =
        switch (subject) {
          case CUSTOMER ->
              "SELECT COALESCE(m.subject, p.no) FROM person p LEFT JOIN %s m ON m.person = p.no WHERE p.id = ?"
                  .formatted(tables.name("merged"));
          case ACCOUNT -> "SELECT no FROM account WHERE id = ?";
        };
    return db.list(sql, row -> row.getInt(1), id).stream().mapToInt(n -> n).findFirst();
  }

  /// Ids of subjects that are spelled much like a text, the nearest first.
  public List<String> nearest(Model.Subject subject, String id, int most) {
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

  /// The names of stored track calls.
  public List<String> eventNames() {
    return db.list(
        "SELECT DISTINCT event FROM kind WHERE event IS NOT NULL ORDER BY 1",
        row -> row.getString(1));
  }

  /// The names of stored pages and screens.
  public List<String> pageNames() {
    return db.list(
        "SELECT DISTINCT name FROM kind WHERE name IS NOT NULL ORDER BY 1",
        row -> row.getString(1));
  }

  /// The id by which a subject goes: the end of its chain of links.
  public String id(Model.Subject subject, int number) {
    String table = subject == Model.Subject.CUSTOMER ? "person" : "account";
    return db.list("SELECT id FROM " + table + " WHERE no = ?", row -> row.getString(1), number)
        .getFirst();
  }

  /// The local day from which the subject exists; empty when it does not.
  public OptionalInt firstDay(Model.Subject subject, int number) {
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

  /// Makes sure that the units of a model's activities are rolled up.
  public void prepare(Model model) {
    rollUps.ensure(model);
  }

  /// The units of each activity of a model between two days, both included, in the model's order.
  /// For a `fit` model that is one unit on the last day.
  ///
  /// @param span one more than the greatest number of a subject
  public List<RollUp> units(Model model, int span, int from, int to) {
    if (model.method() == Model.Method.FIT) {
      return fitUnits(model, span, to);
    }
    List<Integer> numbers = rollUps.ensure(model);
    if (model.subject() == Model.Subject.CUSTOMER) {
      return numbers.stream().map(n -> rollUps.load(n, span, from, to)).toList();
    }
    return new AccountReading(db, days, tables).load(model, numbers, span, from, to);
  }

  /// As [#units], of one subject.
  public SubjectUnits subjectUnits(Model model, int subject, int from, int to) {
    if (model.method() == Model.Method.FIT) {
      return new SubjectUnits(
          model.activities().stream()
              .map(a -> matching(model.subject(), a.match().condition(), to).get(subject))
              .map(yes ->
                  yes
                      ? new SubjectUnits.Days(new int[] {to}, new long[] {1000})
                      : new SubjectUnits.Days(new int[0], new long[0]))
              .toList());
    }
    List<Integer> numbers = rollUps.ensure(model);
    if (model.subject() == Model.Subject.CUSTOMER) {
      return rollUps.ofSubject(numbers, subject, from, to);
    }
    return new AccountReading(db, days, tables).ofAccount(model, numbers, subject, from, to);
  }

  private List<RollUp> fitUnits(Model model, int span, int day) {
    List<RollUp> found = new ArrayList<>();
    for (Activity activity : model.activities()) {
      RollUpBuilder builder = RollUp.builder(span);
      BitSet matching = matching(model.subject(), activity.match().condition(), day);
      matching.stream().filter(s -> s < span).forEach(s -> builder.add(s, day, 1000));
      found.add(builder.build());
    }
    return found;
  }

  /// The days on which a subject, or anyone of an account, was active.
  public RollUp active(Model model, int span, int from, int to) {
    rollUps.ensure(model);
    if (model.subject() == Model.Subject.CUSTOMER) {
      return rollUps.load(RollUps.ACTIVE, span, from, to);
    }
    return new AccountReading(db, days, tables).active(span, from, to);
  }

  /// Takes the score of one subject, in milli-points.
  public interface Scores {
    void take(int subject, long score);
  }

  /// The scores of everybody by the printed SQL; a score that is unavailable is left out.
  public void scoresBySql(Model model, int asOf, Scores to) {
    db.chunks(
        scoreSql(model, asOf),
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            if (!chunk.vector(1).isNull(i)) {
              to.take(chunk.vector(0).getInt(i), chunk.vector(1).getLong(i));
            }
          }
        });
  }

  /// The query that scores everybody from rolled-up units: columns subject, score.
  public String scoreSql(Model model, int asOf) {
    return scoreSql(model, asOf, new DuckDb());
  }

  /// As [#scoreSql(Model, int)], in the words of another engine.
  public String scoreSql(Model model, int asOf, Dialect dialect) {
    int from = asOf - model.widestWindow() + 1;
    List<Integer> places = IntStream.range(0, model.activities().size()).boxed().toList();
    List<Integer> numbers = places;
    String units;
    boolean customer = model.subject() == Model.Subject.CUSTOMER;
    if (model.method() == Model.Method.FIT) {
      units = "(" + fitSql(model, asOf) + ")";
    } else {
      List<Integer> stored = rollUps.ensure(model);
      numbers = customer ? stored : places;
      units =
          customer
              ? tables.name("rollup")
              : new AccountReading(db, days, tables).query(model, stored, from, asOf);
    }
    return ScoreSql.print(
        model,
        new ScoreSql.Reading(
            numbers,
            asOf,
            units,
            tables.name(customer ? "subject" : "account_subject"),
            Adjustments.query(tables, model, asOf)),
        dialect);
  }

  private String fitSql(Model model, int day) {
    StateQueries queries = new StateQueries(tables, days);
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < model.activities().size(); i++) {
      parts.add(
          "SELECT no AS subject, %d AS activity, %d AS day, 1000 AS units FROM (%s)"
              .formatted(
                  i,
                  day,
                  queries.matching(
                      model.subject(), model.activities().get(i).match().condition(), day)));
    }
    return String.join(" UNION ALL ", parts);
  }

  /// The query that rolls up a model's activities from raw events.
  public String rollUpSql(Model model) {
    return rollUpSql(model, new DuckDb());
  }

  /// As [#rollUpSql(Model)], in the words of another engine.
  public String rollUpSql(Model model, Dialect dialect) {
    return rollUps.print(model, dialect);
  }

  /// Points that people gave or took under a model.
  public Manual manual(Model model) {
    return Adjustments.read(db, tables, model);
  }

  /// The first local day with an event; empty when there is none.
  public OptionalInt firstDay() {
    return day("MIN");
  }

  /// The last local day with an event; empty when there is none.
  public OptionalInt lastDay() {
    return day("MAX");
  }

  private OptionalInt day(String which) {
    List<Long> found =
        db.list(
            "SELECT epoch_us(%s(occurred_at)) FROM event HAVING COUNT(*) > 0".formatted(which),
            row -> row.getLong(1));
    return found.isEmpty() ? OptionalInt.empty() : OptionalInt.of(days.day(found.getFirst()));
  }

  /// The numbers of the subjects for which a condition over traits and account holds at the end of
  /// a day.
  public BitSet matching(Model.Subject subject, Condition condition, int day) {
    BitSet found = new BitSet();
    db.chunks(
        new StateQueries(tables, days).matching(subject, condition, day),
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            found.set(chunk.vector(0).getInt(i));
          }
        });
    return found;
  }

  /// The traits of a subject at the end of a day.
  public Json.Obj traits(Model.Subject subject, int number, int day) {
    List<String> found =
        db.list(
            new StateQueries(tables, days).traits(subject, day), row -> row.getString(1), number);
    try {
      return !found.isEmpty() && JsonText.read(found.getFirst()) instanceof Json.Obj object
          ? object
          : Json.Obj.EMPTY;
    } catch (JsonFault e) {
      throw new IllegalStateException("stored traits are no JSON", e);
    }
  }

  /// The events of a subject that a model's activities match between two days, newest first.
  public List<MatchedEvent> events(Model model, int subject, int from, int to) {
    if (model.method() == Model.Method.FIT) {
      return List.of();
    }
    return new MatchedEvents(db, days, tables, model)
        .of(subject, people(model.subject(), subject), from, to);
  }

  /// How many events that a model's activities match in their windows do not count, by activity
  /// (its place in the model) and reason.
  public Map<Integer, Map<Uncounted, Long>> uncounted(Model model, int asOf) {
    return model.method() == Model.Method.FIT
        ? Map.of()
        : new MatchedEvents(db, days, tables, model).uncounted(rollUps.ensure(model), asOf);
  }

  private String people(Model.Subject subject, int number) {
    List<String> ids =
        switch (subject) {
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
    List<String> given = ids.stream().filter(id -> id != null).toList();
    return given.isEmpty() ? NOBODY : "(" + String.join(", ", given) + ")";
  }

  /// Ends a state of knowledge of its own; does nothing for the present one.
  @Override
  public void close() {
    if (!tables.prefix().isEmpty()) {
      new Derivation(db, days, tables).dropTables();
    }
  }
}
