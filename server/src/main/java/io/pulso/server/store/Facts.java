package io.pulso.server.store;

import io.pulso.engine.expr.Path;
import io.pulso.engine.expr.Standing;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Frequencies;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.SubjectDays;
import io.pulso.engine.metric.ToDate;
import io.pulso.engine.model.Model;
import io.pulso.engine.sql.ChainSql;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.FactSql;
import io.pulso.engine.sql.KeptRows;
import io.pulso.engine.time.LocalDays;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// What is counted in events for metrics.
public final class Facts {
  private final Db db;
  private final LocalDays days;
  private final Tables tables;
  private final KeptRows kept;

  Facts(Db db, LocalDays days, Tables tables) {
    this.db = db;
    this.days = days;
    this.tables = tables;
    this.kept = tables.kept(db, days);
  }

  /// Counts by period and part; what is not there was not counted once.
  ///
  /// @param by what the parts are told by; null for one part
  public Map<Place, Cell> count(
      Measure.Leaf leaf, Every every, List<Period> periods, @Nullable Path by) {
    return cells(printed(leaf, every, periods, by), leaf instanceof Measure.Numbers);
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
            new ChainSql.Question(every, periods, by, days, tables.prefix(), begin, today, kept),
            new DuckDb());
    boolean listed = chain instanceof Measure.DaysBetween || chain instanceof Measure.Answered;
    Map<Place, Cell> cells = cells(sql, listed);
    return chain instanceof Measure.ToDate ? ToDate.sums(cells, periods) : cells;
  }

  Map<Place, Cell> cells(String sql, boolean listed) {
    if (listed) {
      return listed(sql);
    }
    Map<Place, Cell> cells = new HashMap<>();
    db.list(
        sql,
        row -> {
          Place place = new Place(row.getInt(1), row.getString(2));
          BigDecimal total = row.getBigDecimal(5);
          cells.put(
              place,
              Cell.sum(row.getLong(4), total == null ? BigDecimal.ZERO : total.movePointLeft(3)));
          return place;
        });
    return cells;
  }

  /// How often each number is there; there can be as many numbers as events.
  private Map<Place, Cell> listed(String sql) {
    Map<Place, Frequencies.Builder> numbers = new HashMap<>();
    db.chunks(
        "SELECT CAST(period AS INTEGER), part, CAST(number AS BIGINT), CAST(n AS BIGINT) FROM (%s) AS counted"
            .formatted(sql),
        chunk -> {
          var period = chunk.vector(0);
          var part = chunk.vector(1);
          for (long i = 0; i < chunk.rowCount(); i++) {
            numbers
                .computeIfAbsent(
                    new Place(period.getInt(i), part.isNull(i) ? null : part.getString(i)),
                    ignored -> Frequencies.builder())
                .add(chunk.vector(2).getLong(i), chunk.vector(3).getLong(i));
          }
        });
    Map<Place, Cell> cells = new HashMap<>();
    numbers.forEach((place, often) -> cells.put(place, Cell.of(often.build())));
    return cells;
  }

  /// Says who is in which group, for questions that break down by groups; of those asked before
  /// nothing stays.
  ///
  /// @param groups numbers of customers by the group's name
  public void groups(Map<String, BitSet> groups) {
    db.run(
        "CREATE OR REPLACE TEMP TABLE %s (subject INTEGER, part VARCHAR)"
            .formatted(FactSql.GROUPS));
    groups.forEach((name, members) -> append(members, one -> "s:" + name));
  }

  /// Takes what was counted of one customer.
  @FunctionalInterface
  public interface Each {
    /// Takes it.
    ///
    /// @param number in thousandths, one of those that are listed; 0 where none are
    /// @param n how many there are
    /// @param total their sum in thousandths, 0 where nothing is summed
    void take(int customer, long number, long n, double total);
  }

  /// Counts for each of some customers alone, who have groups of their own.
  ///
  /// @param period of which everything is counted together
  public void each(Measure.Leaf leaf, Period period, Each to) {
    String counted =
        printed(leaf, Every.WHOLE, List.of(period), new Standing.Word("segment").path());
    db.chunks(
        """
        SELECT CAST(substr(part, 3) AS INTEGER), CAST(COALESCE(number, 0) AS BIGINT), CAST(n AS BIGINT), CAST(COALESCE(total, 0) AS DOUBLE)
        FROM (%s) AS counted WHERE part IS NOT NULL
        """
            .formatted(counted),
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            to.take(
                chunk.vector(0).getInt(i),
                chunk.vector(1).getLong(i),
                chunk.vector(2).getLong(i),
                chunk.vector(3).getDouble(i));
          }
        });
  }

  /// Gives each of some customers a group of their own, see [#each].
  public void alone(BitSet customers) {
    db.run(
        "CREATE OR REPLACE TEMP TABLE %s (subject INTEGER, part VARCHAR)"
            .formatted(FactSql.GROUPS));
    append(customers, one -> "s:" + one);
  }

  private void append(BitSet members, IntFunction<String> part) {
    Db.tried(
        "append groups",
        () -> {
          try (DuckDBAppender appender = db.appender("temp", FactSql.GROUPS)) {
            for (int one = members.nextSetBit(0); one >= 0; one = members.nextSetBit(one + 1)) {
              appender.beginRow().append(one).append(part.apply(one)).endRow();
            }
          }
          return true;
        });
  }

  /// The local days of contacts that customers answered, between two days, both included.
  public SubjectDays answered(int first, int last) {
    int span = new Subjects(db, tables).members(Model.Subject.CUSTOMER).span();
    return new AnsweredContacts(db, days, tables, span, first, last).read();
  }

  private String printed(Measure.Leaf leaf, Every every, List<Period> periods, @Nullable Path by) {
    String overKept = overKept(leaf, every, periods, by);
    return overKept == null ? sql(leaf, every, periods, by) : overKept;
  }

  /// The query over the rows that are kept; null where events are read.
  @Nullable String overKept(
      Measure.Leaf leaf, Every every, List<Period> periods, @Nullable Path by) {
    if (by != null && !By.isGroup(by)) {
      return null;
    }
    String rows = kept.of(leaf, new Period(periods.getFirst().first(), periods.getLast().last()));
    return rows == null
        ? null
        : FactSql.print(leaf, question(every, periods, by), new DuckDb(), rows);
  }

  /// The query over events, which tells the same as the one that is run where rows are kept.
  public String sql(Measure.Leaf leaf, Every every, List<Period> periods, @Nullable Path by) {
    return FactSql.print(leaf, question(every, periods, by), new DuckDb());
  }

  FactSql.Question question(Every every, List<Period> periods, @Nullable Path by) {
    return FactSql.Question.of(every, periods, by, days, tables.prefix());
  }

  /// Reads what is counted on these days once, for several questions.
  public GatheredFacts gathered(Period of) {
    return new GatheredFacts(db, this, of);
  }
}
