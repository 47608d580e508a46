package io.pulso.server.journey;

import io.pulso.server.event.InputException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The values by which figures are broken down.
public final class PartNames {
  /// More are not told one by one.
  public static final int MOST = 1_000;

  private PartNames() {}

  /// Refuses more than can be told.
  public static void check(int parts) {
    if (parts > MOST) {
      throw new InputException(
          "that breaks it down into more than %,d parts: choose something with fewer values"
              .formatted(MOST));
    }
  }

  /// A part without the mark of its type; numbers without needless zeros.
  public static @Nullable String shown(@Nullable String part) {
    if (part == null) {
      return null;
    }
    String value = part.substring(2);
    return part.startsWith("n:")
        ? new BigDecimal(value).stripTrailingZeros().toPlainString()
        : value;
  }
}
