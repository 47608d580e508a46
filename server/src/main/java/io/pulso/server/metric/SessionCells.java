package io.pulso.server.metric;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Select;
import io.pulso.server.store.View;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;

/// What is counted in sessions, which are read once for all periods that are told of.
final class SessionCells {
  private final View view;
  private final Counted already;
  private final List<Period> all;
  private final int first;
  private final int last;

  private final Map<Measure.Sessions, Map<Period, Cell>> medians = new HashMap<>();
  private final Map<Select.Who, Map<Integer, int[]>> visitors = new HashMap<>();
  private final Map<Select.Who, Map<Integer, Map<Integer, Long>>> begun = new HashMap<>();

  /// @param all the periods that are told of
  SessionCells(View view, Counted already, List<Period> all) {
    this.view = view;
    this.already = already;
    this.all = List.copyOf(all);
    this.first = all.stream().mapToInt(Period::first).min().orElseThrow();
    this.last = all.stream().mapToInt(Period::last).max().orElseThrow();
  }

  /// Counts by period.
  ///
  /// @param periods some of all
  Map<Place, Cell> count(Measure.Sessions sessions, List<Period> periods) {
    return switch (sessions.fact()) {
      case ALL, WITH_PAGE, PAGES, BOUNCES, SECONDS, EXITS, INTERVALS, DAYS_BETWEEN ->
          already.sums(
              sessions,
              periods,
              Every.DAY.periods(first, last, DayOfWeek.MONDAY),
              days ->
                  view.sessions().count(sessions.fact(), sessions.who(), Every.DAY, days, null));
      case SECONDS_MEDIAN, DAYS_BETWEEN_MEDIAN -> medians(sessions, periods);
      case VISITORS -> cells(periods, period -> visitors(sessions.who(), period));
      case OF_RETURNING -> cells(periods, period -> ofReturning(sessions.who(), period));
      case ACTIVE, RETURNING -> throw new IllegalArgumentException(sessions.fact().name());
    };
  }

  private static Map<Place, Cell> cells(List<Period> periods, ToLongFunction<Period> count) {
    Map<Place, Cell> cells = new HashMap<>();
    for (Period period : periods) {
      long n = count.applyAsLong(period);
      cells.put(new Place(period.first(), null), Cell.sum(n, BigDecimal.valueOf(n)));
    }
    return cells;
  }

  private Map<Place, Cell> medians(Measure.Sessions sessions, List<Period> periods) {
    Map<Period, Cell> found =
        medians.computeIfAbsent(
            sessions, each -> view.sessions().medians(each.fact(), each.who(), all));
    Map<Place, Cell> cells = new HashMap<>();
    periods.forEach(period ->
        cells.put(
            new Place(period.first(), null), Objects.requireNonNull(found.get(period), "median")));
    return cells;
  }

  /// Different subjects with a session within as many days as the period has, for each last day.
  private long visitors(Select.Who who, Period period) {
    Map<Integer, int[]> counts =
        visitors.computeIfAbsent(
            who,
            each ->
                view.sessions()
                    .visitors(
                        each,
                        new Period(first, last),
                        all.stream().map(Period::days).distinct().toList()));
    return Objects.requireNonNull(counts.get(period.days()))[period.last() - first];
  }

  private long ofReturning(Select.Who who, Period period) {
    Map<Integer, Map<Integer, Long>> days =
        begun.computeIfAbsent(who, each -> view.sessions().sinceActive(each, first, last));
    long n = 0;
    for (int day = period.first(); day <= period.last(); day++) {
      for (Map.Entry<Integer, Long> each : days.getOrDefault(day, Map.of()).entrySet()) {
        n += each.getKey() < period.first() ? each.getValue() : 0;
      }
    }
    return n;
  }
}
