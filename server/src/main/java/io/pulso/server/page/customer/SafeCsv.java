package io.pulso.server.page.customer;

import java.math.BigDecimal;

/// Cells of CSV files that people open with a spreadsheet: a text never becomes a formula there.
public final class SafeCsv {
  private static final String FORMULA = "=+-@\t\r";

  private SafeCsv() {}

  /// A text; one that a spreadsheet would take for a formula begins with an apostrophe.
  public static String text(String text) {
    String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean quotes = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quotes ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  /// Thousandths, as a plain number.
  public static String points(long milli) {
    return BigDecimal.valueOf(milli, 3).stripTrailingZeros().toPlainString();
  }
}
