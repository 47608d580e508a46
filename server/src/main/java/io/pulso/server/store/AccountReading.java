package io.pulso.server.store;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.expr.Operand;
import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.SubjectDays;
import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Unit;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.score.RollUpBuilder;
import io.pulso.engine.score.SubjectUnits;
import io.pulso.engine.sql.ConditionSql;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.UnitSql;
import io.pulso.engine.time.LocalDays;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The units of accounts: those of their people, each person's day cut at its cap, summed, and
/// divided by the account's seats or by its people active on that day.
final class AccountReading {
  private static final Path PLACE =
      new Path(Path.Root.ACCOUNT, List.of(new Path.Step.Key("seats")));
  private static final Unit SEATS = new Unit.Numeric(PLACE);

  /// Fewer seats than one divide nothing.
  private static final Condition ONE_SEAT =
      new Condition.Compare(Condition.Comparison.AT_LEAST, PLACE, new Operand.Num(1));

  private final Db db;
  private final LocalDays days;
  private final Tables tables;

  /// Whose units alone are read, as the right side of IN; null for all.
  private final @Nullable String among;

  AccountReading(Db db, LocalDays days, Tables tables) {
    this(db, days, tables, null);
  }

  private AccountReading(Db db, LocalDays days, Tables tables, @Nullable String among) {
    this.db = db;
    this.days = days;
    this.tables = tables;
    this.among = among;
  }

  /// The same, of some accounts alone.
  AccountReading of(int[] some) {
    return new AccountReading(
        db,
        days,
        tables,
        some.length == 0
            ? Subjects.NOBODY
            : IntStream.of(some)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", ", "(", ")")));
  }

  /// A query in brackets: subject, activity (its place in the model), day, units.
  ///
  /// @param numbers the roll-up's number of each activity, in the model's order
  String query(Model model, List<Integer> numbers, int from, int to) {
    makeDivisors(model, from, to);
    String rules =
        IntStream.range(0, numbers.size())
            .mapToObj(i -> rule(i, model.activities().get(i), numbers.get(i)))
            .collect(Collectors.joining(", "));
    return """
    (SELECT s.account AS subject, s.place AS activity, s.day,
      CAST(CASE WHEN s.per = 0 THEN s.units WHEN d.milli >= 1000 THEN (s.units * 1000 + d.milli // 2) // d.milli ELSE 0 END AS BIGINT) AS units
    FROM (
      SELECT u.account, x.place, u.day, x.per, LEAST(SUM(LEAST(u.units, x.person_cap)), 1000000000000) AS units
      FROM %s u JOIN (VALUES %s) AS x(place, activity, person_cap, per) ON x.activity = u.activity
      WHERE u.day BETWEEN %d AND %d
      GROUP BY u.account, x.place, u.day, x.per) AS s
    LEFT JOIN divisor d ON d.per = s.per AND d.account = s.account AND d.day = s.day)\
    """
        .formatted(units(), rules, from, to);
  }

  /// The rolled-up units of all but those who objected to being scored.
  private String units() {
    boolean some = Objections.any(db);
    if (!some && among == null) {
      return tables.units(db);
    }
    return "(SELECT r.* FROM %s r WHERE %s%s)"
        .formatted(
            tables.units(db),
            among == null ? "TRUE" : "r.account IN " + among,
            some ? " AND r.subject NOT IN (" + Objections.numbers(tables) + ")" : "");
  }

  private static String rule(int place, Activity activity, int number) {
    Long cap = activity.caps().perPerson();
    return "(%d, %d, CAST(%d AS BIGINT), %d)"
        .formatted(place, number, cap == null ? RollUp.MOST_A_DAY : cap, per(activity.per()));
  }

  private static int per(Activity.Per per) {
    return switch (per) {
      case ACCOUNT -> 0;
      case SEAT -> 1;
      case ACTIVE_PERSON -> 2;
    };
  }

  /// Makes the temporary table of what units are divided by, with seats (1) alone.
  void makeSeats(int from, int to) {
    makeNoDivisors();
    seats(from, to);
  }

  private void makeNoDivisors() {
    db.run(
        "CREATE OR REPLACE TEMP TABLE divisor (per INTEGER, account INTEGER, day INTEGER, milli BIGINT)");
  }

  /// Makes the temporary table of what units are divided by: 1 seats, 2 people active on the day.
  private void makeDivisors(Model model, int from, int to) {
    makeNoDivisors();
    List<Activity.Per> used = model.activities().stream().map(Activity::per).distinct().toList();
    if (used.contains(Activity.Per.SEAT)) {
      seats(from, to);
    }
    if (used.contains(Activity.Per.ACTIVE_PERSON)) {
      db.run(
          """
          INSERT INTO divisor SELECT 2, account, day, COUNT(DISTINCT subject) * 1000 FROM %s
          WHERE activity = %d AND day BETWEEN %d AND %d GROUP BY account, day
          """
              .formatted(units(), RollUps.ACTIVE_IN_ACCOUNT, from, to));
      // Nobody active: passive events are divided by one.
      db.run(
          """
          INSERT INTO divisor SELECT DISTINCT 2, u.account, u.day, 1000 FROM %s u
          WHERE u.day BETWEEN %d AND %d AND u.activity > %d
            AND NOT EXISTS (SELECT 1 FROM divisor d WHERE d.per = 2 AND d.account = u.account AND d.day = u.day)
          """
              .formatted(units(), from, to, RollUps.ACTIVE_IN_ACCOUNT));
    }
  }

  private void seats(int from, int to) {
    String ends =
        IntStream.rangeClosed(from, to)
            .mapToObj(day -> "(%d, make_timestamptz(%d))".formatted(day, days.end(day) - 1))
            .collect(Collectors.joining(", "));
    db.run(
        """
        INSERT INTO divisor SELECT 1, a.account, e.day, %s
        FROM %s a JOIN (VALUES %s) AS e(day, end_at) ON a.from_at <= e.end_at AND a.to_at > e.end_at
        WHERE %s%s
        """
            .formatted(
                UnitSql.units(SEATS, new StateColumns(), new DuckDb()),
                tables.name("account_state"),
                ends,
                ConditionSql.print(ONE_SEAT, new StateColumns(), new DuckDb()),
                among == null ? "" : " AND a.account IN " + among));
  }

  /// Roll-ups by account, of each activity. Accounts that came since the question began are left
  /// out.
  List<RollUp> load(Model model, List<Integer> numbers, int span, int from, int to) {
    List<RollUpBuilder> builders = numbers.stream().map(n -> RollUp.builder(span)).toList();
    db.chunks(
        "SELECT subject, activity, day, units FROM %s WHERE subject < %d"
            .formatted(query(model, numbers, from, to), span),
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {

            builders
                .get(chunk.vector(1).getInt(i))
                .add(
                    chunk.vector(0).getInt(i),
                    chunk.vector(2).getInt(i),
                    chunk.vector(3).getLong(i));
          }
        });
    return builders.stream().map(RollUpBuilder::build).toList();
  }

  /// The days on which anybody of accounts was active, between two, both included.
  SubjectDays active(int span, int from, int to) {
    String rows =
        "SELECT account AS subject, day FROM %s WHERE activity = %d"
            .formatted(units(), RollUps.ACTIVE_IN_ACCOUNT);
    return new DayReading(db, span, from, to).add(rows).days();
  }

  /// Uncut units of everybody in their accounts between two days, both included.
  ///
  /// @param activities numbers of roll-ups
  void each(List<Integer> activities, int from, int to, AccountUnits sink) {
    if (!activities.isEmpty()) {
      ChangeReader.read(
          db,
          "SELECT account, activity, day, subject, units FROM %s WHERE activity IN (%s) AND day BETWEEN %d AND %d"
              .formatted(
                  units(),
                  activities.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                  from,
                  to),
          sink);
    }
  }

  /// As [#each], of one account.
  void ofOne(int account, List<Integer> activities, int from, int to, AccountUnits sink) {
    if (!activities.isEmpty()) {
      ChangeReader.read(
          db,
          "SELECT account, activity, day, subject, units FROM %s WHERE account = %d AND activity IN (%s) AND day BETWEEN %d AND %d"
              .formatted(
                  units(),
                  account,
                  activities.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                  from,
                  to),
          sink);
    }
  }

  /// The seats of accounts over time, as units are divided by them.
  ///
  /// @param only of these accounts; null for all
  void seats(int @Nullable [] only, View.Seats to) {
    if (only != null && only.length == 0) {
      return;
    }
    String among =
        only == null
            ? ""
            : IntStream.of(only)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", ", "WHERE a.account IN (", ")"));
    db.chunks(
        "SELECT a.account, epoch_us(a.from_at), CASE WHEN %s THEN %s ELSE 0 END FROM %s a %s ORDER BY a.account, a.from_at"
            .formatted(
                ConditionSql.print(ONE_SEAT, new StateColumns(), new DuckDb()),
                UnitSql.units(SEATS, new StateColumns(), new DuckDb()),
                tables.name("account_state"),
                among),
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            to.take(
                chunk.vector(0).getInt(i),
                firstDayThatEndsAfter(chunk.vector(1).getLong(i)),
                chunk.vector(2).getLong(i));
          }
        });
  }

  /// The first day at whose end an instant is past.
  private int firstDayThatEndsAfter(long instant) {
    int day = days.day(instant);
    while (days.end(day) <= instant) {
      day++;
    }
    // Clocks that are set back at midnight repeat a day.
    while (days.end(day - 1) > instant) {
      day--;
    }
    return day;
  }

  /// The units of one account, of each activity.
  SubjectUnits ofAccount(Model model, List<Integer> numbers, int account, int from, int to) {
    List<TreeMap<Integer, Long>> found = new ArrayList<>();
    numbers.forEach(n -> found.add(new TreeMap<>()));
    db.list(
            "SELECT activity, day, units FROM "
                + of(new int[] {account}).query(model, numbers, from, to),
            row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)})
        .forEach(row -> found.get((int) row[0]).merge((int) row[1], row[2], Long::sum));
    return new SubjectUnits(found.stream().map(RollUps::days).toList());
  }

  /// The accounts of which anyone was active between two days, both included.
  BitSet active(int from, int to) {
    return RollUps.numbers(
        db,
        "SELECT DISTINCT account FROM %s WHERE activity = %d AND day BETWEEN %d AND %d"
            .formatted(units(), RollUps.ACTIVE_IN_ACCOUNT, from, to));
  }
}
