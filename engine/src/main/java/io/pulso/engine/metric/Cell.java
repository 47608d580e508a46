package io.pulso.engine.metric;

import java.math.BigDecimal;
import java.util.List;

/// What was counted for one period and part.
///
/// @param n how many there are
/// @param total their exact sum, 0 where nothing is summed
/// @param numbers how often each number is there; none where they are not told
public record Cell(long n, BigDecimal total, Frequencies numbers) {
  public static final Cell NONE = count(0);

  public static Cell count(long n) {
    return sum(n, BigDecimal.ZERO);
  }

  public static Cell sum(long n, BigDecimal total) {
    return new Cell(n, total, Frequencies.NONE);
  }

  /// What was counted in some that share nothing.
  public static Cell sum(List<Cell> cells) {
    long n = 0;
    BigDecimal total = BigDecimal.ZERO;
    Frequencies.Builder numbers = Frequencies.builder();
    for (Cell cell : cells) {
      n += cell.n();
      total = total.add(cell.total());
      numbers.add(cell.numbers());
    }
    return new Cell(n, total, numbers.build());
  }

  /// Numbers, each as often as it is there.
  public static Cell of(Frequencies numbers) {
    return new Cell(numbers.n(), numbers.total(), numbers);
  }
}
