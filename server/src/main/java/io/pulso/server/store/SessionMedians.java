package io.pulso.server.store;

import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.SessionFact;
import io.pulso.engine.sql.DuckDb;
import io.pulso.engine.sql.FactSql;
import io.pulso.engine.sql.SessionSql;
import io.pulso.engine.time.LocalDays;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The number in the middle of what the sessions of periods come to. It is looked for twice, so
/// that nothing is sorted: numbers are counted in wide steps, and then those alone are read that
/// are in the steps with a middle.
final class SessionMedians {
  /// The square root of a number by this is its step: never less for a greater number, some hundred
  /// steps up to half an hour.
  private static final int WIDTH = 256;

  private final Db db;
  private final LocalDays days;
  private final Tables tables;
  private final SessionFact fact;
  private final Select.Who who;

  /// How many numbers are in each step of each day.
  private final Map<Integer, SortedMap<Integer, Long>> counts = new HashMap<>();

  /// The numbers in the steps that are read, as often as they are there, ascending.
  private final Map<Step, List<long[]>> numbers = new HashMap<>();

  /// A step of a day.
  private record Step(int day, int step) {}

  /// How many numbers there are, and twice the one in the middle: the sum of both where there are
  /// two.
  record Middle(long n, long twice) {}

  SessionMedians(Db db, LocalDays days, Tables tables, SessionFact fact, Select.Who who) {
    this.db = db;
    this.days = days;
    this.tables = tables;
    this.fact = fact;
    this.who = who;
  }

  /// Those of periods.
  Map<Period, Middle> of(List<Period> periods) {
    int first = periods.stream().mapToInt(Period::first).min().orElseThrow();
    int last = periods.stream().mapToInt(Period::last).max().orElseThrow();
    String from = numbers(first, last);
    db.snapshot(() -> {
      count(from);
      Set<Step> wanted = new HashSet<>();
      periods.forEach(period -> wanted.addAll(steps(period)));
      if (!wanted.isEmpty()) {
        read(from, wanted);
      }
    });
    Map<Period, Middle> middles = new HashMap<>();
    periods.forEach(period -> middles.put(period, middle(period)));
    return middles;
  }

  private String numbers(int first, int last) {
    List<Period> all = Every.DAY.periods(first, last, DayOfWeek.MONDAY);
    String rows =
        SessionSql.numbers(
            fact,
            who,
            FactSql.Question.of(Every.DAY, all, null, days, tables.prefix()),
            new DuckDb());
    return "SELECT day, number, CAST(sqrt(number) / %d AS INTEGER) AS step FROM (%s) AS one"
        .formatted(WIDTH, rows);
  }

  private void count(String from) {
    db.list(
        "SELECT day, step, COUNT(*) FROM (%s) AS stepped GROUP BY day, step".formatted(from),
        row ->
            counts
                .computeIfAbsent(row.getInt(1), day -> new TreeMap<>())
                .put(row.getInt(2), row.getLong(3)));
  }

  private void read(String from, Set<Step> wanted) {
    String list =
        wanted.stream()
            .map(each -> "(%d, %d)".formatted(each.day(), each.step()))
            .collect(Collectors.joining(", "));
    db.chunks(
        """
        SELECT day, step, number, COUNT(*) AS often FROM (%s) AS stepped
        SEMI JOIN (VALUES %s) AS wanted(day, step) USING (day, step)
        GROUP BY day, step, number ORDER BY number\
        """
            .formatted(from, list),
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            numbers
                .computeIfAbsent(
                    new Step(chunk.vector(0).getInt(i), chunk.vector(1).getInt(i)),
                    each -> new ArrayList<>())
                .add(new long[] {chunk.vector(2).getLong(i), chunk.vector(3).getLong(i)});
          }
        });
  }

  /// The steps of all its days.
  private SortedMap<Integer, Long> ofDays(Period period) {
    SortedMap<Integer, Long> sums = new TreeMap<>();
    for (int day = period.first(); day <= period.last(); day++) {
      counts
          .getOrDefault(day, new TreeMap<>())
          .forEach((step, n) -> sums.merge(step, n, Long::sum));
    }
    return sums;
  }

  private static long sum(Map<Integer, Long> steps) {
    return steps.values().stream().mapToLong(n -> n).sum();
  }

  /// In which step, and at which place of it, a place of all is.
  private record Found(int step, long place) {}

  private static Found find(SortedMap<Integer, Long> steps, long place) {
    long left = place;
    for (Map.Entry<Integer, Long> each : steps.entrySet()) {
      if (left < each.getValue()) {
        return new Found(each.getKey(), left);
      }
      left -= each.getValue();
    }
    throw new IllegalArgumentException("place " + place);
  }

  /// The two places in the middle of so many, which may be the same.
  private static long[] places(long n) {
    return new long[] {(n - 1) / 2, n / 2};
  }

  private List<Step> steps(Period period) {
    SortedMap<Integer, Long> steps = ofDays(period);
    long n = sum(steps);
    if (n == 0) {
      return List.of();
    }
    List<Step> wanted = new ArrayList<>();
    for (long place : places(n)) {
      int step = find(steps, place).step();
      for (int day = period.first(); day <= period.last(); day++) {
        wanted.add(new Step(day, step));
      }
    }
    return wanted;
  }

  private Middle middle(Period period) {
    SortedMap<Integer, Long> steps = ofDays(period);
    long n = sum(steps);
    long twice = 0;
    if (n > 0) {
      for (long place : places(n)) {
        twice += at(period, find(steps, place));
      }
    }
    return new Middle(n, twice);
  }

  private long at(Period period, Found found) {
    List<long[]> all = new ArrayList<>();
    for (int day = period.first(); day <= period.last(); day++) {
      all.addAll(numbers.getOrDefault(new Step(day, found.step()), List.of()));
    }
    long[][] sorted = all.toArray(long[][]::new);
    Arrays.sort(sorted, (a, b) -> Long.compare(a[0], b[0]));
    long left = found.place();
    for (long[] each : sorted) {
      if (left < each[1]) {
        return each[0];
      }
      left -= each[1];
    }
    throw new IllegalStateException("no number at a place in the middle");
  }
}
