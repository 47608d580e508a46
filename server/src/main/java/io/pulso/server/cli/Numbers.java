package io.pulso.server.cli;

import io.pulso.engine.json.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;

/// Numbers and days as the command line writes them.
final class Numbers {
  private Numbers() {}

  /// Thousandths with exactly three decimals.
  static String exact(long milli) {
    return BigDecimal.valueOf(milli, 3).toPlainString();
  }

  /// Thousandths with as few decimals as they need.
  static String plain(long milli) {
    BigDecimal number = BigDecimal.valueOf(milli, 3).stripTrailingZeros();
    return number.scale() < 0 ? number.setScale(0).toPlainString() : number.toPlainString();
  }

  /// As [#plain], with a plus where it is above zero.
  static String signed(long milli) {
    return milli > 0 ? "+" + plain(milli) : plain(milli);
  }

  static Json json(long milli) {
    return new Json.Num(milli / 1000.0);
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String day(int day) {
    return LocalDate.ofEpochDay(day).toString();
  }
}
