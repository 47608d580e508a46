package io.pulso.server.store;

import io.pulso.engine.metric.SubjectDays;
import io.pulso.engine.model.Activity;
import io.pulso.engine.model.ActivityKey;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.score.RollUpBuilder;
import io.pulso.engine.score.SubjectUnits;
import io.pulso.engine.sql.Dialect;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.RollUpSql;
import io.pulso.engine.time.LocalDays;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Uncut units of activities by subject and day, kept in the store and named by what each activity
/// reads, so that a change of points, caps, windows, decay or bands reads no event again.
final class RollUps {
  /// The built-in activities: active events of a customer, and of a person for an account.
  static final int ACTIVE = 0;

  static final int ACTIVE_IN_ACCOUNT = 1;

  private static final String ACTIVE_KEY = "active";
  private static final String ACCOUNT_KEY = "active in account";
  private static final int FIRST_FREE = 2;
  private static final long ROWS_AT_ONCE = 2_000_000;

  /// Days before those that are asked for that are read, too, where units are kept.
  private static final int KEPT_BEFORE = 100;

  private final Db db;
  private final LocalDays days;
  private final Tables tables;
  private final @Nullable String onlyPeople;
  private Parts told = (done, of) -> {};
  private boolean keeps;
  private @Nullable Kept kept;
  private @Nullable Map<String, Integer> keptNumbers;

  /// Units of one subject that were read.
  private record Kept(List<Integer> numbers, int subject, int from, int to, SubjectUnits units) {
    boolean holds(List<Integer> wanted, int whose, int first, int last) {
      return subject == whose && from <= first && last <= to && numbers.equals(wanted);
    }
  }

  /// Is told how many parts of the events are read by now.
  interface Parts {
    void read(int done, int of);
  }

  RollUps(Db db, LocalDays days, Tables tables) {
    this(db, days, tables, null);
  }

  /// @param onlyPeople those whose events are read, as the right side of IN; null for all
  RollUps(Db db, LocalDays days, Tables tables, @Nullable String onlyPeople) {
    this.db = db;
    this.days = days;
    this.tables = tables;
    this.onlyPeople = onlyPeople;
  }

  /// Keeps the units of the subject that was asked for last, and the numbers of activities, for
  /// other parts of a question.
  void keep() {
    keeps = true;
  }

  /// Tells how far it is from now on.
  void tell(Parts to) {
    told = to;
  }

  /// An activity that has or gets a roll-up.
  private record Wanted(String key, String name, RollUpSql.Read read) {}

  /// The roll-up's number of each activity of a model, in the model's order; what is missing is
  /// read from the events.
  List<Integer> ensure(Model model) {
    if (missing(model)) {
      keptNumbers = null;
      db.transaction(() -> ensureInTransaction(model));
      keptNumbers = null;
    }
    return ensureInTransaction(model);
  }

  /// The activities that count events; those of `fit` models look at traits only.
  static List<Activity> read(Model model) {
    return model.method() == Model.Method.FIT ? List.of() : model.activities();
  }

  /// Whether all that a model counts is rolled up.
  boolean has(Model model) {
    return !missing(model);
  }

  private boolean missing(Model model) {
    Map<String, Integer> have = numbers();
    return !have.containsKey(model.subject() == Model.Subject.ACCOUNT ? ACCOUNT_KEY : ACTIVE_KEY)
        || read(model).stream()
            .anyMatch(a -> !have.containsKey(ActivityKey.of(a, model.subject())));
  }

  /// As [#ensure], inside a transaction of the caller.
  List<Integer> ensureInTransaction(Model model) {
    boolean perAccount = model.subject() == Model.Subject.ACCOUNT;
    Map<String, Integer> have = numbers();
    Map<String, Wanted> missing = new LinkedHashMap<>();
    builtIn(have, missing, perAccount);
    int next = have.values().stream().mapToInt(n -> n + 1).max().orElse(FIRST_FREE);
    next = Math.max(next, FIRST_FREE);
    List<Integer> numbers = new ArrayList<>();
    for (Activity activity : read(model)) {
      String key = ActivityKey.of(activity, model.subject());
      Integer number = have.get(key);
      if (number == null) {
        number = next++;
        have.put(key, number);
        missing.put(
            key,
            new Wanted(key, activity.name(), new RollUpSql.Read(number, activity, perAccount)));
      }
      numbers.add(number);
    }
    if (!missing.isEmpty()) {
      add(missing.values());
    }
    return numbers;
  }

  /// Rolls up the days on which customers were active, where no model asked for it yet.
  void ensureActive() {
    ensureActive(false);
  }

  /// As the other one.
  ///
  /// @param perAccount whether of people in accounts too
  void ensureActive(boolean perAccount) {
    if (!numbers().containsKey(perAccount ? ACCOUNT_KEY : ACTIVE_KEY)) {
      db.transaction(() -> {
        Map<String, Wanted> missing = new LinkedHashMap<>();
        builtIn(numbers(), missing, perAccount);
        if (!missing.isEmpty()) {
          add(missing.values());
        }
      });
    }
  }

  /// As [#ensureActive], in accounts too.
  void ensureActiveInAccounts() {
    if (!numbers().containsKey(ACCOUNT_KEY)) {
      db.transaction(() -> {
        Map<String, Wanted> missing = new LinkedHashMap<>();
        builtIn(numbers(), missing, true);
        if (!missing.isEmpty()) {
          add(missing.values());
        }
      });
    }
  }

  private static void builtIn(
      Map<String, Integer> have, Map<String, Wanted> missing, boolean perAccount) {
    for (boolean account : perAccount ? new boolean[] {false, true} : new boolean[] {false}) {
      int number = account ? ACTIVE_IN_ACCOUNT : ACTIVE;
      String key = account ? ACCOUNT_KEY : ACTIVE_KEY;
      if (!have.containsKey(key)) {
        missing.put(key, new Wanted(key, key, new RollUpSql.Read(number, null, account)));
        have.put(key, number);
      }
    }
  }

  Map<String, Integer> numbers() {
    Map<String, Integer> have = keptNumbers == null ? readNumbers() : keptNumbers;
    keptNumbers = keeps ? have : null;
    return new HashMap<>(have);
  }

  private Map<String, Integer> readNumbers() {
    return db
        .list(
            "SELECT key, no FROM " + tables.name("rollup_activity"),
            row -> Map.entry(row.getString(1), row.getInt(2)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private void add(Collection<Wanted> missing) {
    for (Wanted wanted : missing) {
      db.run(
          "INSERT INTO %s VALUES (?, ?, ?, ?, '')".formatted(tables.name("rollup_activity")),
          wanted.read().number(),
          wanted.key(),
          wanted.read().perAccount(),
          wanted.name());
    }
    read(missing.stream().map(Wanted::read).toList());
  }

  /// Reads all events into the roll-up.
  void read(List<RollUpSql.Read> reads) {
    List<Long> extent = extent();
    long rows = extent.get(2);
    if (rows == 0) {
      return;
    }
    // Clocks that are set back at midnight repeat a day.
    int first = days.day(extent.get(0)) - 1;
    int last = days.day(extent.get(1)) + 1;
    int parts = Math.toIntExact(Math.clamp(rows / ROWS_AT_ONCE + 1, 1, last - first + 1L));
    for (int part = 0; part < parts; part++) {
      int from = first + (int) ((long) (last - first + 1) * part / parts);
      int to = first + (int) ((long) (last - first + 1) * (part + 1) / parts) - 1;
      read(reads, parts == 1 ? null : RollUpSql.Days.of(from, to, days));
      told.read(part + 1, parts);
    }
  }

  /// As the other one, of some days alone; null for all.
  void read(List<RollUpSql.Read> reads, RollUpSql.@Nullable Days range) {
    db.run(
        "INSERT INTO %s SELECT activity, subject, account, day, units FROM (%s) ORDER BY activity, subject, day"
            .formatted(tables.name("rollup"), print(reads, onlyPeople, range, null)));
  }

  /// The query that reads events of some people and days.
  ///
  /// @param people a query of their ids in brackets; null for all
  /// @param range null for all days
  /// @param since only the events of imports from this number on; null for all
  String print(
      List<RollUpSql.Read> reads,
      @Nullable String people,
      RollUpSql.@Nullable Days range,
      @Nullable Integer since) {
    List<Long> extent = range == null ? extent() : List.of(range.from(), range.to());
    return RollUpSql.print(
        new RollUpSql.Reading(
            reads,
            days.offsets(extent.get(0), extent.get(1)),
            tables.prefix(),
            tables.knownAt(),
            people,
            range,
            since),
        new DuckDb());
  }

  /// The query that reads a model's activities, numbered in the model's order.
  String print(Model model, Dialect dialect) {
    boolean perAccount = model.subject() == Model.Subject.ACCOUNT;
    List<RollUpSql.Read> reads = new ArrayList<>();
    for (Activity activity : model.activities()) {
      reads.add(new RollUpSql.Read(reads.size(), activity, perAccount));
    }
    List<Long> extent = extent();
    return RollUpSql.print(
        new RollUpSql.Reading(
            reads,
            days.offsets(extent.get(0), extent.get(1)),
            tables.prefix(),
            tables.knownAt(),
            null,
            null,
            null),
        dialect);
  }

  /// The first and last instant of any event, and their number.
  private List<Long> extent() {
    return db.list(
            "SELECT epoch_us(MIN(occurred_at)), epoch_us(MAX(occurred_at)), COUNT(*) FROM event",
            row -> List.of(row.getLong(1), row.getLong(2), row.getLong(3)))
        .getFirst();
  }

  /// Subject, day and units of roll-ups between two days, both included. The store's own are read
  /// by two threads. Who came since the question began is left out.
  List<RollUp> load(List<Integer> wanted, int subjects, int from, int to) {
    if (!tables.prefix().isEmpty() || wanted.size() < 2) {
      return wanted.stream().map(n -> load(db, n, subjects, from, to)).toList();
    }
    RollUp[] found = new RollUp[wanted.size()];
    AtomicInteger next = new AtomicInteger();
    try (Db other = db.duplicate();
        ExecutorService helper = Executors.newSingleThreadExecutor()) {
      Future<?> half = helper.submit(() -> load(other, wanted, subjects, from, to, next, found));
      load(db, wanted, subjects, from, to, next, found);
      Waiting.until(half);
    }
    return List.of(found);
  }

  /// Reads those roll-ups that nobody else has taken.
  private void load(
      Db by,
      List<Integer> wanted,
      int subjects,
      int from,
      int to,
      AtomicInteger next,
      RollUp[] out) {
    for (int i = next.getAndIncrement(); i < out.length; i = next.getAndIncrement()) {
      out[i] = load(by, wanted.get(i), subjects, from, to);
    }
  }

  /// The subjects with units of a built-in activity between two days, both included.
  BitSet subjects(int number, int from, int to) {
    return numbers(
        db,
        "SELECT DISTINCT subject FROM %s WHERE activity = %d AND day BETWEEN %d AND %d"
            .formatted(tables.units(db), number, from, to));
  }

  /// The numbers that a query gives.
  static BitSet numbers(Db db, String sql) {
    BitSet found = new BitSet();
    db.chunks(
        sql,
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            found.set(chunk.vector(0).getInt(i));
          }
        });
    return found;
  }

  /// The days on which customers were active, between two days, both included.
  SubjectDays active(int subjects, int from, int to) {
    DayReading reading = new DayReading(db, subjects, from, to);
    db.snapshot(() -> {
      for (String part : tables.unitParts(db)) {
        reading.add(
            "SELECT subject, day FROM %s WHERE activity = %d AND units > 0"
                .formatted(part, ACTIVE));
      }
    });
    return reading.days();
  }

  private RollUp load(Db by, int number, int subjects, int from, int to) {
    RollUpBuilder builder = RollUp.builder(subjects);
    int[] subject = new int[2048];
    int[] day = new int[2048];
    long[] units = new long[2048];
    by.snapshot(() -> {
      for (String part : tables.unitParts(by)) {
        by.chunks(
            "SELECT subject, day, units FROM %s WHERE activity = %d AND day BETWEEN %d AND %d AND subject < %d"
                .formatted(part, number, from, to, subjects),
            chunk -> {
              int rows = Math.toIntExact(chunk.rowCount());
              for (int i = 0; i < rows; i++) {
                subject[i] = chunk.vector(0).getInt(i);
                day[i] = chunk.vector(1).getInt(i);
                units[i] = chunk.vector(2).getLong(i);
              }
              builder.add(subject, day, units, rows);
            });
      }
    });
    return builder.build();
  }

  /// The units of one subject, by activity in the given order.
  SubjectUnits ofSubject(List<Integer> numbers, int subject, int from, int to) {
    if (!keeps) {
      return readSubject(numbers, subject, from, to);
    }
    Kept have = kept;
    if (have == null || !have.holds(numbers, subject, from, to)) {
      int first = from - KEPT_BEFORE;
      have = new Kept(numbers, subject, first, to, readSubject(numbers, subject, first, to));
      kept = have;
    }
    return have.units().between(from, to);
  }

  private SubjectUnits readSubject(List<Integer> numbers, int subject, int from, int to) {
    if (numbers.isEmpty()) {
      return new SubjectUnits(List.of());
    }
    Map<Integer, TreeMap<Integer, Long>> found = new HashMap<>();
    db.list(
            "SELECT activity, day, units FROM "
                + tables.units(
                    db,
                    "activity IN (%s) AND subject = %d AND day BETWEEN %d AND %d"
                        .formatted(MatchedEvents.list(numbers), subject, from, to)),
            row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)})
        .forEach(row ->
            found
                .computeIfAbsent((int) row[0], number -> new TreeMap<>())
                .merge((int) row[1], row[2], Long::sum));
    return new SubjectUnits(
        numbers.stream().map(n -> days(found.getOrDefault(n, new TreeMap<>()))).toList());
  }

  static SubjectUnits.Days days(SortedMap<Integer, Long> units) {
    return new SubjectUnits.Days(
        units.keySet().stream().mapToInt(day -> day).toArray(),
        units.values().stream().mapToLong(u -> u).toArray());
  }
}
