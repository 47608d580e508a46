package io.pulso.server.metric;

import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.server.store.CountedDays;
import io.pulso.server.store.DailyCounts;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How many customers were active up to each day, within the days of a window, and how many were so
/// for the first time. Days that are over are kept. May be used by several threads.
final class DayActives {
  private static final int MOST_WINDOWS = 60;

  private final DayCache<Window, Integer> kept = new DayCache<>(MOST_WINDOWS);
  private final DayCache<Select.Who, Integer> fresh = new DayCache<>(Select.Who.values().length);

  private record Window(Select.Who who, int days) {}

  /// Counts of each day between two, by window.
  Map<Integer, int[]> read(
      View view, Select.Who who, Collection<Integer> windows, int first, int last) {
    CountedDays counted = view.countedDays();
    Map<Integer, int[]> found = new HashMap<>();
    windows.forEach(window -> found.put(window, new int[last - first + 1]));
    int from = recall(counted, who, found, first, last);
    if (from <= last && who == Select.Who.IDENTIFIED) {
      recallStored(view, counted, from);
      from = recall(counted, who, found, first, last);
    }
    if (from <= last) {
      List<Integer> asked = new ArrayList<>(windows);
      List<int[]> rest = view.activity().customers(who, null, new Period(from, last), asked);
      for (int i = 0; i < asked.size(); i++) {
        int[] counts = Objects.requireNonNull(found.get(asked.get(i)));
        System.arraycopy(rest.get(i), 0, counts, from - first, last - from + 1);
        for (int day = from; day <= last; day++) {
          kept.put(new Window(who, asked.get(i)), counted, day, counts[day - first]);
        }
      }
    }
    return found;
  }

  /// Fills in what is known, and tells the first day of which something is not.
  private int recall(
      CountedDays counted, Select.Who who, Map<Integer, int[]> found, int first, int last) {
    for (int day = first; day <= last; day++) {
      for (Map.Entry<Integer, int[]> one : found.entrySet()) {
        Integer known = kept.get(new Window(who, one.getKey()), counted, day);
        if (known == null) {
          return day;
        }
        one.getValue()[day - first] = known;
      }
    }
    return last + 1;
  }

  /// What a server counts of each day.
  private void recallStored(View view, CountedDays counted, int first) {
    for (DailyCounts.Active day : view.dailyActive(Model.Subject.CUSTOMER, first)) {
      kept.put(new Window(Select.Who.IDENTIFIED, 1), counted, day.day(), day.active());
      kept.put(
          new Window(Select.Who.IDENTIFIED, ActiveCounts.MONTH), counted, day.day(), day.month());
    }
  }

  /// How many were active for the first time ever on each day between two.
  int[] fresh(View view, Select.Who who, int first, int last) {
    CountedDays counted = view.countedDays();
    int[] found = new int[last - first + 1];
    boolean known = true;
    for (int day = first; day <= last; day++) {
      Integer one = fresh.get(who, counted, day);
      known &= one != null;
      found[day - first] = one == null ? 0 : one;
    }
    if (known) {
      return found;
    }
    Map<Integer, Integer> counts = view.activity().begun(who);
    for (int day = first; day <= last; day++) {
      found[day - first] = counts.getOrDefault(day, 0);
      fresh.put(who, counted, day, found[day - first]);
    }
    return found;
  }
}
