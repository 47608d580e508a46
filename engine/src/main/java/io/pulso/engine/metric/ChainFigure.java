package io.pulso.engine.metric;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The arithmetic on what was told by what customers did before or after.
final class ChainFigure {
  private ChainFigure() {}

  static Figure of(Measure.Chain chain, Cell cell) {
    return switch (chain) {
      case Measure.DaysBetween between -> middle(cell, between.percent());
      case Measure.Answered answered -> middle(cell, answered.percent());
      case Measure.Followed _, Measure.Kept _ -> share(cell);
      case Measure.Reacted _ ->
          Formula.told(
              Formula.quotient(
                  cell.total().multiply(BigDecimal.valueOf(100)), BigDecimal.valueOf(cell.n())),
              cell.n(),
              null);
      case Measure.Touched _, Measure.ToDate _ -> Formula.told(amount(chain, cell), cell.n(), null);
    };
  }

  private static Figure middle(Cell cell, @Nullable Integer percent) {
    return percent == null
        ? Formula.told(Formula.quotient(cell.total(), BigDecimal.valueOf(cell.n())), cell.n(), null)
        : Formula.percentile(cell.numbers(), percent);
  }

  /// Percent of customers, each of whom did it or did not.
  private static Figure share(Cell cell) {
    long n = cell.n();
    long yes = cell.total().longValueExact();
    return n == 0
        ? Figure.NONE
        : new Figure(yes * 100.0 / n, n, Interval.wilson(yes, n).times(100));
  }

  /// The exact value of something that is counted or summed.
  static BigDecimal amount(Measure.Chain chain, Cell cell) {
    return switch (chain) {
      case Measure.Touched touched ->
          touched.path() == null ? BigDecimal.valueOf(cell.n()) : cell.total();
      case Measure.ToDate(Measure.Leaf leaf) ->
          leaf instanceof Measure.Total ? cell.total() : BigDecimal.valueOf(cell.n());
      case Measure.Followed _, Measure.Kept _, Measure.Reacted _ -> cell.total();
      case Measure.DaysBetween _, Measure.Answered _ ->
          throw new IllegalArgumentException("no amount: " + chain);
    };
  }

  /// Whether it is told in percent, or as how many.
  static boolean isShare(Measure measure) {
    return measure instanceof Measure.Followed
        || measure instanceof Measure.Kept
        || measure instanceof Measure.Reacted;
  }

  /// Whether each customer is counted once.
  static boolean isOfPeople(Measure measure) {
    return measure instanceof Measure.Customers || measure instanceof Measure.Repeaters;
  }
}
