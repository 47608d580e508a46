package io.pulso.server.metric;

import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Formula;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Select;
import io.pulso.server.store.View;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// How many were active day by day, for each window that a measure asks for.
final class ActiveCounts {
  static final int MONTH = 30;

  private final int first;
  private final Map<Integer, int[]> counts = new HashMap<>();

  private ActiveCounts(int first) {
    this.first = first;
  }

  /// Reads what the measure asks of some people, of all days between two.
  ///
  /// @param among the numbers of those who count; null for all
  static ActiveCounts read(
      View view,
      DayActives kept,
      Select.Who who,
      @Nullable BitSet among,
      Measure measure,
      int first,
      int last) {
    TreeSet<Integer> windows = new TreeSet<>();
    for (Measure each : Formula.counted(measure)) {
      if (each instanceof Measure.Active(int days, Select.Who of) && of == who) {
        windows.add(days);
      } else if (each instanceof Measure.Stickiness(Select.Who of) && of == who) {
        windows.addAll(List.of(1, MONTH));
      }
    }
    ActiveCounts all = new ActiveCounts(first);
    if (among == null) {
      all.counts.putAll(kept.read(view, who, windows, first, last));
      return all;
    }
    List<Integer> asked = List.copyOf(windows);
    List<int[]> found = view.activity().customers(who, among, new Period(first, last), asked);
    for (int i = 0; i < asked.size(); i++) {
      all.counts.put(asked.get(i), found.get(i));
    }
    return all;
  }

  /// How many on a day or within the days of the window before it.
  int within(int window, int day) {
    return Objects.requireNonNull(counts.get(window))[day - first];
  }

  /// Those active up to the last day of each period.
  Map<Place, Cell> within(int window, List<Period> periods) {
    Map<Place, Cell> cells = new HashMap<>();
    for (Period period : periods) {
      cells.put(new Place(period.first(), null), Cell.count(within(window, period.last())));
    }
    return cells;
  }

  /// The days of each period that have somebody active in 30 days, and the sum of their shares.
  Map<Place, Cell> stickiness(List<Period> periods, int today) {
    return shares(day -> within(1, day), day -> within(MONTH, day), periods, today);
  }

  /// The days of each period that have somebody active in 30 days, and the sum of their shares.
  ///
  /// @param daily how many were active on a day
  /// @param monthly how many were in the 30 days up to it
  static Map<Place, Cell> shares(
      IntUnaryOperator daily, IntUnaryOperator monthly, List<Period> periods, int today) {
    Map<Place, Cell> cells = new HashMap<>();
    for (Period period : periods) {
      long n = 0;
      BigDecimal sum = BigDecimal.ZERO;
      for (int day = period.first(); day <= Math.min(period.last(), today - 1); day++) {
        int month = monthly.applyAsInt(day);
        if (month > 0) {
          n++;
          sum =
              sum.add(
                  BigDecimal.valueOf(daily.applyAsInt(day))
                      .divide(BigDecimal.valueOf(month), MathContext.DECIMAL64));
        }
      }
      cells.put(new Place(period.first(), null), Cell.sum(n, sum));
    }
    return cells;
  }
}
