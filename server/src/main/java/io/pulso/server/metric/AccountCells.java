package io.pulso.server.metric;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Stat;
import io.pulso.server.store.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How many accounts were active at the ends of periods.
final class AccountCells {
  private static final int WEEK = 7;
  private static final int MONTH = 30;

  private final View view;
  private final int today;

  AccountCells(View view, int today) {
    this.view = view;
    this.today = today;
  }

  Map<Place, Cell> of(Stat stat, List<Period> periods) {
    return switch (stat) {
      case ACCOUNTS_DAY -> active(1, periods);
      case ACCOUNTS_WEEK -> active(WEEK, periods);
      case ACCOUNTS_MONTH -> active(MONTH, periods);
      case ACCOUNTS_STICKINESS -> stickiness(periods);
      case SCORE_MEAN,
          SCORE_MEDIAN,
          SCORE_CUSTOMERS,
          SCORE_ENGAGED,
          INDEX_ENGAGED,
          INDEX_RESPONSIVE,
          INDEX_DISENGAGED ->
          throw new IllegalArgumentException(stat.word());
    };
  }

  private List<int[]> counts(List<Period> periods, List<Integer> windows) {
    return view.activity()
        .accounts(new Period(periods.getFirst().first(), periods.getLast().last()), windows);
  }

  private Map<Place, Cell> stickiness(List<Period> periods) {
    int first = periods.getFirst().first();
    List<int[]> counts = counts(periods, List.of(1, MONTH));
    return ActiveCounts.shares(
        day -> counts.getFirst()[day - first],
        day -> counts.getLast()[day - first],
        periods,
        today);
  }

  private Map<Place, Cell> active(int window, List<Period> periods) {
    int first = periods.getFirst().first();
    int[] counts = counts(periods, List.of(window)).getFirst();
    Map<Place, Cell> cells = new HashMap<>();
    for (Period period : periods) {
      cells.put(new Place(period.first(), null), Cell.count(counts[period.last() - first]));
    }
    return cells;
  }
}
