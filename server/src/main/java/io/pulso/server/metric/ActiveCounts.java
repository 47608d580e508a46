package io.pulso.server.metric;

import io.pulso.engine.metric.Formula;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.server.store.ActivityFacts;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
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
      ActivityFacts facts,
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
    List<Integer> asked = List.copyOf(windows);
    List<int[]> found = facts.customers(who, among, new Period(first, last), asked);
    for (int i = 0; i < asked.size(); i++) {
      all.counts.put(asked.get(i), found.get(i));
    }
    return all;
  }

  /// How many on a day or within the days of the window before it.
  int within(int window, int day) {
    return Objects.requireNonNull(counts.get(window))[day - first];
  }
}
