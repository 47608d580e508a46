package io.pulso.engine.metric;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was counted by day, as what it comes to up to the end of each period.
public final class ToDate {
  private ToDate() {}

  /// Adds up all days of each part up to the end of each period.
  ///
  /// @param daily by day and part
  public static Map<Place, Cell> sums(Map<Place, Cell> daily, List<Period> periods) {
    Map<@Nullable String, NavigableMap<Integer, Cell>> byPart = new HashMap<>();
    daily.forEach((place, cell) ->
        byPart.computeIfAbsent(place.part(), ignored -> new TreeMap<>()).put(place.first(), cell));
    Map<Place, Cell> sums = new HashMap<>();
    byPart.forEach((part, days) -> {
      for (Period period : periods) {
        Cell sum = sum(days.headMap(period.last(), true));
        if (sum.n() > 0) {
          sums.put(new Place(period.first(), part), sum);
        }
      }
    });
    return sums;
  }

  private static Cell sum(Map<Integer, Cell> days) {
    long n = 0;
    BigDecimal total = BigDecimal.ZERO;
    for (Cell cell : days.values()) {
      n += cell.n();
      total = total.add(cell.total());
    }
    return Cell.sum(n, total);
  }
}
