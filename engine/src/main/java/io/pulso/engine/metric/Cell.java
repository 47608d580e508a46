package io.pulso.engine.metric;

import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;

/// What was counted for one period and part.
///
/// @param n how many there are
/// @param total their exact sum, 0 where nothing is summed
/// @param numbers how often each number is there, in thousandths; empty where they are not told
public record Cell(long n, BigDecimal total, SortedMap<Long, Long> numbers) {
  public static final Cell NONE = count(0);

  public static Cell count(long n) {
    return sum(n, BigDecimal.ZERO);
  }

  public static Cell sum(long n, BigDecimal total) {
    return new Cell(n, total, new TreeMap<>());
  }

  /// Numbers, each as often as it is there.
  ///
  /// @param numbers in thousandths
  public static Cell of(SortedMap<Long, Long> numbers) {
    long n = 0;
    BigDecimal total = BigDecimal.ZERO;
    for (var each : numbers.entrySet()) {
      n += each.getValue();
      total =
          total.add(
              BigDecimal.valueOf(each.getKey(), 3).multiply(BigDecimal.valueOf(each.getValue())));
    }
    return new Cell(n, total, numbers);
  }
}
