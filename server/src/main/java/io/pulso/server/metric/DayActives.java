package io.pulso.server.metric;

import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.server.store.CountedDays;
import io.pulso.server.store.DailyCounts;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.BitSet;
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
    CountedDays counted = view.counts().days();
    Map<Integer, int[]> found = new HashMap<>();
    windows.forEach(window -> found.put(window, new int[last - first + 1]));
    BitSet open = recall(counted, who, found, first, last);
    if (!open.isEmpty() && who == Select.Who.IDENTIFIED) {
      recallStored(view, counted, first);
      open = recall(counted, who, found, first, last);
    }
    if (!open.isEmpty()) {
      Period rest = new Period(first + open.nextSetBit(0), first + open.length() - 1);
      List<Integer> asked = new ArrayList<>(windows);
      List<int[]> read = view.activity().customers(who, null, rest, asked);
      for (int i = 0; i < asked.size(); i++) {
        int[] counts = Objects.requireNonNull(found.get(asked.get(i)));
        System.arraycopy(read.get(i), 0, counts, rest.first() - first, rest.days());
        for (int day = rest.first(); day <= rest.last(); day++) {
          kept.put(new Window(who, asked.get(i)), counted, day, counts[day - first]);
        }
      }
    }
    return found;
  }

  /// Fills in what is known, and tells the days of which something is not, from the first one on.
  private BitSet recall(
      CountedDays counted, Select.Who who, Map<Integer, int[]> found, int first, int last) {
    BitSet open = new BitSet();
    for (int day = first; day <= last; day++) {
      for (Map.Entry<Integer, int[]> one : found.entrySet()) {
        Integer known = kept.get(new Window(who, one.getKey()), counted, day);
        if (known == null) {
          open.set(day - first);
        } else {
          one.getValue()[day - first] = known;
        }
      }
    }
    return open;
  }

  /// What a server counts of each day.
  private void recallStored(View view, CountedDays counted, int first) {
    for (DailyCounts.Active day : view.counts().active(Model.Subject.CUSTOMER, first)) {
      kept.put(new Window(Select.Who.IDENTIFIED, 1), counted, day.day(), day.active());
      kept.put(
          new Window(Select.Who.IDENTIFIED, ActiveCounts.MONTH), counted, day.day(), day.month());
    }
  }

  /// How many were active for the first time ever on each day between two.
  int[] fresh(View view, Select.Who who, int first, int last) {
    CountedDays counted = view.counts().days();
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
