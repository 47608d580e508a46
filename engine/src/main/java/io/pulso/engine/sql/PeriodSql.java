package io.pulso.engine.sql;

import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Period;
import java.util.List;

/// Prints the first day of the period that a local day lies in.
final class PeriodSql {
  private PeriodSql() {}

  /// @param periods in order, each beginning on the day after the one before
  /// @param day the SQL of a day within them
  static String print(Every every, List<Period> periods, String day, Dialect dialect) {
    int first = periods.getFirst().first();
    return switch (every) {
      case WHOLE -> String.valueOf(first);
      case DAY -> day;
      case WEEK -> "%d + %s * 7".formatted(first, dialect.divide(day + " - " + first, "7"));
      case MONTH -> months(periods, day);
    };
  }

  private static String months(List<Period> periods, String day) {
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
