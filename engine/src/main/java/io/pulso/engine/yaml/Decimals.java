package io.pulso.engine.yaml;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// Decimal numbers as people write them, kept exactly in thousandths.
public final class Decimals {
  private static final Pattern PLAIN =
      Pattern.compile("[-+]?(\\d{1,15}(\\.\\d{0,15})?|\\.\\d{1,15})");

  private Decimals() {}

  static boolean isNumber(String text) {
    return PLAIN.matcher(text).matches();
  }

  static BigDecimal read(String text) {
    return new BigDecimal(text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
  }

  /// Thousandths as a number with as few decimals as it takes: 12500 is `12.5`.
  public static String show(long thousandths) {
    return BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString();
  }
}
