package io.pulso.server.store;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.SessionFact;
import io.pulso.engine.metric.SubjectDays;
import io.pulso.engine.model.Model;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.FactSql;
import io.pulso.engine.sql.SessionSql;
import io.pulso.engine.time.LocalDays;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is counted in sessions for metrics.
public final class SessionFacts {
  private static final BigDecimal DAY = BigDecimal.valueOf(86_400_000_000L);

  private final Db db;
  private final LocalDays days;
  private final Tables tables;

  SessionFacts(Db db, LocalDays days, Tables tables) {
    this.db = db;
    this.days = days;
    this.tables = tables;
  }

  /// Counts by period and part, times in seconds and days; what is not there was not counted once.
  ///
  /// @param by what the parts are told by; null for one part
  public Map<Place, Cell> count(
      SessionFact fact, Select.Who who, Every every, List<Period> periods, @Nullable Path by) {
    ensure(fact);
    Map<Place, Cell> cells = new HashMap<>();
    db.list(
        sql(fact, who, every, periods, by),
        row -> {
          Place place = new Place(row.getInt(1), row.getString(2));
          cells.put(place, Cell.sum(row.getLong(3), total(fact, row.getBigDecimal(4))));
          return place;
        });
    return cells;
  }

  /// The medians of periods, all at once.
  ///
  /// @param fact one that is a median
  public Map<Period, Cell> medians(SessionFact fact, Select.Who who, List<Period> periods) {
    ensure(fact);
    Map<Period, Cell> cells = new HashMap<>();
    new SessionMedians(db, days, tables, fact, who)
        .of(periods)
        .forEach((period, middle) ->
            cells.put(
                period, Cell.sum(middle.n(), total(fact, BigDecimal.valueOf(middle.twice())))));
    return cells;
  }

  /// For each day of a period, how many different subjects had a session that started on it or on
  /// the days of a window before it, which lie in the period too; by window.
  public Map<Integer, int[]> visitors(Select.Who who, Period period, List<Integer> windows) {
    ensure(SessionFact.VISITORS);
    Members people = new Subjects(db, tables).members(Model.Subject.CUSTOMER);
    SubjectDays visits =
        new DayReading(db, people.span(), period.first(), period.last())
            .add("SELECT subject, day FROM " + tables.name("session"))
            .days();
    Map<Integer, int[]> counts = new HashMap<>();
    for (int window : windows) {
      counts.put(window, visits.trailing(people.those(who), period.first(), period.last(), window));
    }
    return counts;
  }

  /// How many sessions started on each day between two, both included, of those who were active for
  /// the first time on another one.
  public Map<Integer, Map<Integer, Long>> sinceActive(Select.Who who, int first, int last) {
    ensure(SessionFact.OF_RETURNING);
    Map<Integer, Map<Integer, Long>> counts = new HashMap<>();
    BySubject.group(
        db,
        () ->
            db.list(
                """
                SELECT x.day, f.since, COUNT(*) FROM %1$s x
                JOIN (SELECT subject, MIN(day) AS since FROM %2$s WHERE activity = %3$d GROUP BY subject) f ON f.subject = x.subject%4$s
                WHERE x.day BETWEEN %5$d AND %6$d GROUP BY 1, 2
                """
                    .formatted(
                        tables.name("session"),
                        tables.units(db),
                        RollUps.ACTIVE,
                        Subjects.only(who, tables, "f.subject"),
                        first,
                        last),
                row ->
                    counts
                        .computeIfAbsent(row.getInt(1), day -> new HashMap<>())
                        .put(row.getInt(2), row.getLong(3))));
    return counts;
  }

  /// The query, as it is run.
  public String sql(
      SessionFact fact, Select.Who who, Every every, List<Period> periods, @Nullable Path by) {
    return SessionSql.print(
        fact,
        who,
        FactSql.Question.of(every, periods, by, days, tables.prefix()),
        fact.isOfSubjects() ? tables.units(db) : "",
        new DuckDb());
  }

  /// The steps of sessions.
  public SessionSteps steps() {
    return new SessionSteps(db, days, tables);
  }

  /// Makes the sessions of events that came since they were made.
  public void renew() {
    new SessionMaking(db, days, tables).ensure();
  }

  /// Makes what it is counted in.
  private void ensure(SessionFact fact) {
    if (fact.isOfSubjects()) {
      new RollUps(db, days, tables).ensureActive();
    }
    if (fact != SessionFact.ACTIVE && fact != SessionFact.RETURNING) {
      renew();
    }
  }

  private static BigDecimal total(SessionFact fact, BigDecimal counted) {
    BigDecimal two = BigDecimal.TWO;
    return switch (fact) {
      case SECONDS -> counted.movePointLeft(6);
      case SECONDS_MEDIAN -> counted.divide(two).movePointLeft(6);
      case DAYS_BETWEEN -> counted.divide(DAY, MathContext.DECIMAL128);
      case DAYS_BETWEEN_MEDIAN -> counted.divide(DAY.multiply(two), MathContext.DECIMAL128);
      case ALL,
          WITH_PAGE,
          PAGES,
          BOUNCES,
          VISITORS,
          EXITS,
          ACTIVE,
          RETURNING,
          OF_RETURNING,
          INTERVALS ->
          counted;
    };
  }

  /// Lets all sessions be made anew where the longest pause that does not end one was another.
  ///
  /// @param micros in microseconds
  public void setPause(long micros) {
    if (SessionMaking.pause(db) != micros) {
      db.transaction(() -> {
        db.run("DELETE FROM setting WHERE name = ?", SessionMaking.PAUSE);
        db.run("INSERT INTO setting VALUES (?, ?)", SessionMaking.PAUSE, String.valueOf(micros));
        new SessionDue(db, tables).all();
      });
    }
  }
}
