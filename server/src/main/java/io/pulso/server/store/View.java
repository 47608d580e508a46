package io.pulso.server.store;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.json.Json;
import io.pulso.engine.json.JsonFault;
import io.pulso.engine.json.JsonText;
import io.pulso.engine.metric.SubjectDays;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Manual;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.score.SubjectUnits;
import io.pulso.engine.score.Uncounted;
import io.pulso.engine.sql.Dialect;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.time.LocalDays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The stored facts in one state of knowledge: as they are now, or as they were known at an
/// instant.
public final class View implements AutoCloseable {
  private final Db db;
  private final LocalDays days;
  private final Tables tables;
  private final RollUps rollUps;
  private final Subjects subjects;

  View(Db db, LocalDays days, Tables tables) {
    this(db, days, tables, new RollUps(db, days, tables));
  }

  private View(Db db, LocalDays days, Tables tables, RollUps rollUps) {
    this.db = db;
    this.days = days;
    this.tables = tables;
    this.rollUps = rollUps;
    this.subjects = new Subjects(db, tables);
  }

  /// The same state of knowledge, but what is not rolled up yet is read of these subjects alone;
  /// nothing is true of the others. Only for a state of knowledge of its own.
  public View only(Model.Subject subject, int[] numbers) {
    if (tables.prefix().isEmpty()) {
      throw new IllegalArgumentException("the stored roll-ups are of everybody");
    }
    String all =
        IntStream.of(numbers)
            .mapToObj(number -> subjects.people(subject, number))
            .map(ids -> ids.substring(1, ids.length() - 1))
            .collect(Collectors.joining(", "));
    String people = all.isEmpty() ? Subjects.NOBODY : "(" + all + ")";
    return new View(db, days, tables, new RollUps(db, days, tables, people));
  }

  /// The same state of knowledge for one question with several parts, which read the units of a
  /// subject once. Only for the present one.
  public View keeping() {
    RollUps keeping = new RollUps(db, days, tables);
    keeping.keep();
    return new View(db, days, tables, keeping);
  }

  /// Everyone that exists, sorted by id.
  public Population population(Model.Subject subject) {
    return subjects.population(subject);
  }

  /// Everyone that exists, by their numbers.
  public Members members(Model.Subject subject) {
    return subjects.members(subject);
  }

  /// The numbers of the customers who objected to being scored; nobody among accounts.
  public BitSet objected(Model.Subject subject) {
    return subject == Model.Subject.CUSTOMER && Objections.any(db)
        ? RollUps.numbers(db, Objections.numbers(tables))
        : new BitSet();
  }

  /// Since when a subject objects to being scored, in microseconds; null for one who does not.
  public @Nullable Long objectedAt(Model.Subject subject, int number) {
    return subject == Model.Subject.CUSTOMER ? Objections.since(db, tables, number) : null;
  }

  /// The number of the subject that an id belongs to.
  public OptionalInt subject(Model.Subject subject, String id) {
    return subjects.number(subject, id);
  }

  /// The number of the subject that the id with a number belongs to.
  public int subject(Model.Subject subject, int number) {
    return subjects.subject(subject, number);
  }

  /// What is asked of many subjects at once.
  public Standings standings(Model.Subject subject) {
    return new Standings(db, days, tables, subject);
  }

  /// Ids of subjects that are spelled much like a text, the nearest first.
  public List<String> nearest(Model.Subject subject, String id, int most) {
    return subjects.nearest(subject, id, most);
  }

  /// What is stored of completed days.
  public StoredCounts counts() {
    return new StoredCounts(db);
  }

  /// What happened lately, by kind of event and by customer.
  public EventCensus census() {
    return new EventCensus(db, days, tables);
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

  /// Whether there is a number, of a subject or of an id that was merged into one.
  public boolean isKnown(Model.Subject subject, int number) {
    String table = subject == Model.Subject.CUSTOMER ? "person" : "account";
    return db.number("SELECT COUNT(*) FROM " + table + " WHERE no = ?", number) > 0;
  }

  /// The id by which a subject goes: the end of its chain of links.
  public String id(Model.Subject subject, int number) {
    return subjects.id(subject, number);
  }

  /// The local day from which the subject exists; empty when it does not.
  public OptionalInt firstDay(Model.Subject subject, int number) {
    return subjects.firstDay(subject, number);
  }

  /// Makes sure that the units of a model's activities are rolled up.
  public void prepare(Model model) {
    rollUps.ensure(model);
  }

  /// Whether they are, so that nothing has to be read from events.
  public boolean isRolledUp(Model model) {
    return rollUps.has(model);
  }

  /// Is told how many parts of the events are read by now.
  public interface Parts {
    void read(int done, int of);
  }

  /// As [#prepare(Model)], and tells how far it is.
  public void prepare(Model model, Parts told) {
    RollUps telling = new RollUps(db, days, tables);
    telling.tell(told::read);
    telling.ensure(model);
  }

  /// The units of each activity of a model between two days, both included, in the model's order.
  /// For a `fit` model that is one unit on the last day.
  ///
  /// @param span one more than the greatest number of a subject
  public List<RollUp> units(Model model, int span, int from, int to) {
    return unitReading().units(model, span, from, to);
  }

  /// The number of the built-in roll-up of active events of customers.
  public static final int ACTIVE = RollUps.ACTIVE;

  /// As [#ACTIVE], of people in accounts.
  public static final int ACTIVE_IN_ACCOUNT = RollUps.ACTIVE_IN_ACCOUNT;

  /// Uncut units of everybody in their accounts between two days, both included.
  ///
  /// @param activities numbers of roll-ups
  public void accountUnits(List<Integer> activities, int from, int to, AccountUnits sink) {
    new AccountReading(db, days, tables).each(activities, from, to, sink);
  }

  /// As [#accountUnits], of one account.
  public void accountUnits(
      int account, List<Integer> activities, int from, int to, AccountUnits sink) {
    new AccountReading(db, days, tables).ofOne(account, activities, from, to, sink);
  }

  /// Takes the seats that an account has from a local day on, account by account, in order; of
  /// several that begin on one day the last holds.
  @FunctionalInterface
  public interface Seats {
    /// Takes them.
    ///
    /// @param milli thousandths of a seat; 0 where nothing can be divided by them
    void take(int account, int firstDay, long milli);
  }

  /// The seats of accounts over time.
  ///
  /// @param only of these accounts; null for all
  public void seats(int @Nullable [] only, Seats to) {
    new AccountReading(db, days, tables).seats(only, to);
  }

  /// What is counted in events for metrics.
  public Facts facts() {
    return new Facts(db, days, tables);
  }

  /// The days of the workspace's time zone.
  public LocalDays days() {
    return days;
  }

  /// Events as steps of journeys.
  public Journeys journeys() {
    return new Journeys(db, days, tables);
  }

  /// What accounts are at the end of days.
  public AccountFacts accountFacts() {
    return new AccountFacts(db, days, tables);
  }

  /// How many were active.
  public ActivityFacts activity() {
    return new ActivityFacts(db, days, tables);
  }

  /// What people wrote beside their answers.
  public Comments comments() {
    return new Comments(db, tables);
  }

  /// What customers and visitors, or posts, each add to a metric.
  public DrawnAmounts amounts() {
    return new DrawnAmounts(db, days, tables);
  }

  /// What is counted in sessions for metrics.
  public SessionFacts sessions() {
    return new SessionFacts(db, days, tables);
  }

  /// The roll-up's number of each activity of a model, in the model's order.
  public List<Integer> rollUps(Model model) {
    return rollUps.ensure(model);
  }

  /// The units of some roll-ups of customers between two days, both included.
  ///
  /// @param span one more than the greatest number of a subject
  public List<RollUp> units(List<Integer> numbers, int span, int from, int to) {
    return rollUps.load(numbers, span, from, to);
  }

  /// As [#units], of one subject.
  public SubjectUnits subjectUnits(Model model, int subject, int from, int to) {
    return unitReading().subjectUnits(model, subject, from, to);
  }

  /// As [#subjectUnits(Model, int, int, int)], of some subjects at once, in their order.
  public List<SubjectUnits> subjectUnits(Model model, int[] some, int from, int to) {
    return unitReading().subjectUnits(model, some, from, to);
  }

  /// Milli-units of active events of customers, or of anybody in each account, between two days,
  /// both included: how many does not matter, only that there are some.
  ///
  /// @param span one more than the greatest number of a subject
  public SubjectDays activeDays(Model.Subject subject, int span, int from, int to) {
    return unitReading().activeDays(subject, span, from, to);
  }

  /// Those of some subjects who still exist and do not object to being scored.
  public BitSet stillThere(Model.Subject subject, int[] some) {
    BitSet found = subjects.existing(subject, some);
    found.andNot(objected(subject));
    return found;
  }

  /// The trait `name` of some subjects at the end of a day, by their numbers.
  public Map<Integer, String> names(Model.Subject subject, int[] some, int day) {
    return OwnershipReader.names(db, new StateQueries(tables, days), subject, some, day);
  }

  /// Whose each subject is, and which renew soon, as their traits of a day say.
  ///
  /// @param ahead how many days after that one are soon
  public Ownership ownership(Model.Subject subject, int day, int ahead) {
    return OwnershipReader.read(db, new StateQueries(tables, days), subject, day, ahead);
  }

  /// The subjects that were active, or of which anybody was, between two days, both included.
  public BitSet active(Model model, int from, int to) {
    return unitReading().active(model, from, to);
  }

  private UnitReading unitReading() {
    return new UnitReading(db, days, tables, rollUps);
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
    return new ScoreQueries(db, days, tables, rollUps).scores(model, asOf, dialect);
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

  /// The end of the last local day with an event, in microseconds; empty when there is none.
  public OptionalLong lastEnd() {
    OptionalInt last = lastDay();
    return last.isEmpty() ? OptionalLong.empty() : OptionalLong.of(days.end(last.getAsInt()));
  }

  private OptionalInt day(String which) {
    List<Long> found =
        db.list(
            "SELECT epoch_us(%s(occurred_at)) FROM event WHERE excluded = 0 HAVING COUNT(*) > 0"
                .formatted(which),
            row -> row.getLong(1));
    return found.isEmpty() ? OptionalInt.empty() : OptionalInt.of(days.day(found.getFirst()));
  }

  /// What sources sent of a model between two days, both included, and when they sent up to an
  /// instant.
  ///
  /// @param now in microseconds
  public List<SourceRhythm> rhythms(Model model, int from, int to, long now) {
    return new SourceRhythms(db, days, tables).read(model, from, to, now);
  }

  /// The numbers of the subjects for which a condition over traits and account holds at the end of
  /// a day.
  public BitSet matching(Model.Subject subject, Condition condition, int day) {
    return unitReading().matching(subject, condition, day);
  }

  /// As [#matching(Model.Subject, Condition, int)], of some subjects alone.
  public BitSet matching(Model.Subject subject, Condition condition, int day, int[] only) {
    return unitReading().matching(subject, condition, day, only);
  }

  /// The numbers of those who are on the list of a segment at the end of a day.
  public BitSet listed(String segment, Model.Subject subject, int day) {
    return SegmentLists.on(db, tables, segment, subject, days.end(day) - 1);
  }

  /// Takes the values that a trait had, one after the other.
  @FunctionalInterface
  public interface TraitValues {
    /// Takes one.
    ///
    /// @param from since when it held, in microseconds
    /// @param value null where the trait was taken away
    void take(long from, @Nullable Json value);
  }

  /// The values that a trait of a subject had, oldest first.
  public void traitHistory(Model.Subject subject, int number, String trait, TraitValues to) {
    boolean customer = subject == Model.Subject.CUSTOMER;
    Json before = null;
    for (var state :
        db.list(
            "SELECT epoch_us(from_at), traits FROM %s WHERE %s = ? ORDER BY from_at"
                .formatted(
                    tables.name(customer ? "trait_state" : "account_state"),
                    customer ? "subject" : "account"),
            row -> Map.entry(row.getLong(1), row.getString(2)),
            number)) {
      Json value = object(state.getValue()).get(trait);
      if (!Objects.equals(value, before)) {
        to.take(state.getKey(), value);
        before = value;
      }
    }
  }

  private static Json.Obj object(String traits) {
    try {
      return JsonText.read(traits) instanceof Json.Obj object ? object : Json.Obj.EMPTY;
    } catch (JsonFault e) {
      throw new IllegalStateException("stored traits are no JSON", e);
    }
  }

  /// The traits of a subject at the end of a day.
  public Json.Obj traits(Model.Subject subject, int number, int day) {
    List<String> found =
        db.list(
            new StateQueries(tables, days).traits(subject, day), row -> row.getString(1), number);
    return found.isEmpty() ? Json.Obj.EMPTY : object(found.getFirst());
  }

  /// The events of a subject that a model's activities match between two days, newest first.
  public List<MatchedEvent> events(Model model, int subject, int from, int to) {
    if (model.method() == Model.Method.FIT) {
      return List.of();
    }
    return new MatchedEvents(db, days, tables, model)
        .of(subject, subjects.scored(model.subject(), subject), from, to);
  }

  /// How many events that a model's activities match in their windows do not count, by activity
  /// (its place in the model) and reason.
  public Map<Integer, Map<Uncounted, Long>> uncounted(Model model, int asOf) {
    return model.method() == Model.Method.FIT
        ? Map.of()
        : new UncountedEvents(db, days, tables, model).count(rollUps.ensure(model), asOf);
  }

  /// Ends a state of knowledge of its own; does nothing for the present one.
  @Override
  public void close() {
    if (!tables.prefix().isEmpty()) {
      new Derivation(db, days, tables).dropTables();
    }
  }
}
