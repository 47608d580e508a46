package io.pulso.server.store;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.ActiveDays;
import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.ToDate;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.sql.ChainSql;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.FactSql;
import io.pulso.engine.time.LocalDays;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// What is counted in events for metrics.
public final class Facts {
  private final Db db;
  private final LocalDays days;
  private final Tables tables;

  Facts(Db db, LocalDays days, Tables tables) {
    this.db = db;
    this.days = days;
    this.tables = tables;
  }

  /// Counts by period and part; what is not there was not counted once.
  ///
  /// @param by what the parts are told by; null for one part
  public Map<Place, Cell> count(
      Measure.Leaf leaf, Every every, List<Period> periods, @Nullable Path by) {
    return cells(sql(leaf, every, periods, by), leaf instanceof Measure.Numbers);
  }

  /// As [#count], of what is told by what customers did before or after.
  ///
  /// @param begin the first day of all data
  /// @param today the day that is not over yet
  public Map<Place, Cell> chain(
      Measure.Chain chain,
      Every every,
      List<Period> periods,
      @Nullable Path by,
      int begin,
      int today) {
    String sql =
        ChainSql.print(
            chain,
            new ChainSql.Question(every, periods, by, days, tables.prefix(), begin, today),
            new DuckDb());
    boolean listed = chain instanceof Measure.DaysBetween || chain instanceof Measure.Answered;
    Map<Place, Cell> cells = cells(sql, listed);
    return chain instanceof Measure.ToDate ? ToDate.sums(cells, periods) : cells;
  }

  private Map<Place, Cell> cells(String sql, boolean listed) {
    Map<Place, Cell> cells = new HashMap<>();
    Map<Place, TreeMap<Long, Long>> numbers = new HashMap<>();
    db.list(
        sql,
        row -> {
          Place place = new Place(row.getInt(1), row.getString(2));
          long n = row.getLong(4);
          if (listed) {
            numbers
                .computeIfAbsent(place, ignored -> new TreeMap<>())
                .merge(row.getLong(3), n, Long::sum);
          } else {
            BigDecimal total = row.getBigDecimal(5);
            cells.put(place, Cell.sum(n, total == null ? BigDecimal.ZERO : total.movePointLeft(3)));
          }
          return place;
        });
    numbers.forEach((place, often) -> cells.put(place, Cell.of(often)));
    return cells;
  }

  /// For each day between two, both included, how many different customers had an active event on
  /// it or on the days of the window before it.
  public int[] active(Select.Who who, int first, int last, int window) {
    Members people = new Subjects(db, tables).members(Model.Subject.CUSTOMER);
    RollUps rollUps = new RollUps(db, days, tables);
    rollUps.ensureActive();
    RollUp active =
        new UnitReading(db, days, tables, rollUps)
            .activeDays(Model.Subject.CUSTOMER, people.span(), first - window + 1, last);
    return ActiveDays.trailing(active, counts(who, people), first, last, window);
  }

  private static IntPredicate counts(Select.Who who, Members people) {
    return switch (who) {
      case ANYBODY -> subject -> true;
      case IDENTIFIED -> subject -> people.identified().get(subject);
      case ANONYMOUS -> subject -> !people.identified().get(subject);
    };
  }

  /// The query, as it is run.
  public String sql(Measure.Leaf leaf, Every every, List<Period> periods, @Nullable Path by) {
    return FactSql.print(
        leaf, FactSql.Question.of(every, periods, by, days, tables.prefix()), new DuckDb());
  }
}
