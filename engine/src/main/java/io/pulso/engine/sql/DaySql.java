package io.pulso.engine.sql;

import io.pulso.engine.time.LocalDays;
import java.util.List;
import java.util.function.LongFunction;

/// Prints the local day of an instant: days since 1970-01-01. The offsets of the time zone come
/// from Java, so that every engine has the same.
public final class DaySql {
  /// Days are counted from the year 0 so that the division never sees a negative number.
  private static final long EPOCH = 719_528;

  private DaySql() {}

  /// The expression, an integer.
  ///
  /// @param instant a TIMESTAMPTZ
  /// @param offsets those that hold in the data, in order
  public static String print(String instant, List<LocalDays.Offset> offsets, Dialect dialect) {
    return print(dialect.micros(instant), shift(instant, offsets, dialect::instant), dialect);
  }

  /// As the other one, of an instant in microseconds.
  static String ofMicros(String micros, List<LocalDays.Offset> offsets, Dialect dialect) {
    return print(micros, shift(micros, offsets, String::valueOf), dialect);
  }

  private static String print(String micros, String shift, Dialect dialect) {
    return dialect.divide(micros + " + " + shift, "86400000000") + " - " + EPOCH;
  }

  /// @param literal of an instant in microseconds, to be compared with
  private static String shift(
      String instant, List<LocalDays.Offset> offsets, LongFunction<String> literal) {
    String last = micros(offsets.getLast());
    if (offsets.size() == 1) {
      return last;
    }
    StringBuilder sql = new StringBuilder("CASE");
    for (int i = 0; i + 1 < offsets.size(); i++) {
      sql.append(" WHEN ")
          .append(instant)
          .append(" < ")
          .append(literal.apply(offsets.get(i + 1).from()))
          .append(" THEN ")
          .append(micros(offsets.get(i)));
    }
    return sql.append(" ELSE ").append(last).append(" END").toString();
  }

  private static String micros(LocalDays.Offset offset) {
    return String.valueOf((EPOCH * 86_400 + offset.seconds()) * 1_000_000);
  }
}
