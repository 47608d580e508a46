package io.pulso.engine.metric;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What customers, or accounts, come to at the end of a period. Scores are those of customers under
/// the model that lists show.
public enum Stat {
  /// The mean of their scores.
  SCORE_MEAN,
  /// The middle one of their scores.
  SCORE_MEDIAN,
  /// How many have a score.
  SCORE_CUSTOMERS,
  /// The percent of those with a score who are in a band that is marked as engaged.
  SCORE_ENGAGED,
  /// The percent who are in such a band.
  INDEX_ENGAGED,
  /// The percent who are not, but answered when they were contacted.
  INDEX_RESPONSIVE,
  /// The percent of all others.
  INDEX_DISENGAGED,
  /// Accounts with somebody active on the last day.
  ACCOUNTS_DAY,
  /// Accounts with somebody active in 7 days.
  ACCOUNTS_WEEK,
  /// Accounts with somebody active in 30 days.
  ACCOUNTS_MONTH,
  /// The mean of daily active accounts by those of 30 days.
  ACCOUNTS_STICKINESS;

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  static final Map<String, Stat> WORDS =
      Arrays.stream(values()).collect(Collectors.toMap(Stat::word, stat -> stat));

  /// As it is written in files.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether it is told of customers and their scores.
  public boolean isOfScores() {
    return switch (this) {
      case SCORE_MEAN,
          SCORE_MEDIAN,
          SCORE_CUSTOMERS,
          SCORE_ENGAGED,
          INDEX_ENGAGED,
          INDEX_RESPONSIVE,
          INDEX_DISENGAGED ->
          true;
      case ACCOUNTS_DAY, ACCOUNTS_WEEK, ACCOUNTS_MONTH, ACCOUNTS_STICKINESS -> false;
    };
  }

  /// The value.
  ///
  /// @param cell how many there are; as the total the sum of the scores, or of the two in the
  ///   middle (twice the one); for a share how many are meant; for the index the percents in tenths
  Figure figure(Cell cell) {
    return switch (this) {
      case SCORE_MEAN -> told(cell.total(), BigDecimal.valueOf(cell.n()), cell.n());
      case SCORE_MEDIAN -> told(cell.total(), BigDecimal.TWO, cell.n());
      case SCORE_CUSTOMERS, ACCOUNTS_DAY, ACCOUNTS_WEEK, ACCOUNTS_MONTH ->
          new Figure((double) cell.n(), cell.n(), null);
      case SCORE_ENGAGED -> {
        long yes = cell.total().longValueExact();
        yield cell.n() == 0
            ? Figure.NONE
            : new Figure(
                yes * 100.0 / cell.n(), cell.n(), Interval.wilson(yes, cell.n()).times(100));
      }
      case INDEX_ENGAGED, INDEX_RESPONSIVE, INDEX_DISENGAGED ->
          cell.n() == 0
              ? Figure.NONE
              : new Figure(cell.total().movePointLeft(1).doubleValue(), cell.n(), null);
      case ACCOUNTS_STICKINESS ->
          told(cell.total().multiply(HUNDRED), BigDecimal.valueOf(cell.n()), cell.n());
    };
  }

  private static Figure told(BigDecimal above, BigDecimal below, long n) {
    return below.signum() == 0 || n == 0
        ? Figure.NONE
        : new Figure(above.divide(below, MathContext.DECIMAL64).doubleValue(), n, null);
  }
}
