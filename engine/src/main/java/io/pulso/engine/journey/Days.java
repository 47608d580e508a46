package io.pulso.engine.journey;

import io.pulso.engine.metric.Period;
import java.util.Arrays;
import java.util.List;

/// In which of some periods, of which each begins on the day after the one before, a day lies.
final class Days {
  private final int first;
  private final int[] places;

  Days(List<Period> periods) {
    first = periods.getFirst().first();
    places = new int[periods.getLast().last() - first + 1];
    for (int i = 0; i < periods.size(); i++) {
      Period period = periods.get(i);
      Arrays.fill(places, period.first() - first, period.last() - first + 1, i);
    }
  }

  /// Its place; -1 before all of them, and their number after them.
  int place(int day) {
    if (day < first) {
      return -1;
    }
    return day - first < places.length ? places[day - first] : places[places.length - 1] + 1;
  }
}
