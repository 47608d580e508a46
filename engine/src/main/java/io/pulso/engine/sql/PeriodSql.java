package io.pulso.engine.sql;

import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Period;
import java.util.List;

/// Prints the first day of the period that a local day is in.
final class PeriodSql {
  private PeriodSql() {}

  /// @param day SQL for a day within the periods
  /// @param periods in order, each beginning on the day after the one before
  static String print(String day, Every every, List<Period> periods, Dialect dialect) {
    int first = periods.getFirst().first();
    return switch (every) {
      case WHOLE -> String.valueOf(first);
      case DAY -> day;
      case WEEK -> "%d + %s * 7".formatted(first, dialect.divide(day + " - " + first, "7"));
      case MONTH -> months(day, periods);
    };
  }

  private static String months(String day, List<Period> periods) {
    if (periods.size() == 1) {
      return String.valueOf(periods.getFirst().first());
    }
    StringBuilder sql = new StringBuilder("CASE");
    for (int i = 0; i + 1 < periods.size(); i++) {
      sql.append(" WHEN ")
          .append(day)
          .append(" < ")
          .append(periods.get(i + 1).first())
          .append(" THEN ")
          .append(periods.get(i).first());
    }
    return sql.append(" ELSE ").append(periods.getLast().first()).append(" END").toString();
  }
}
