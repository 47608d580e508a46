package io.pulso.engine.score;

import java.util.Locale;

/// Why an event that an activity matches adds nothing to it, or less than it says.
public enum Uncounted {
  MISSING,
  QUOTED_NUMBER,
  BOOLEAN,
  NOT_A_NUMBER,
  NEGATIVE,
  NOT_FINITE,
  TOO_LARGE,
  OBJECT_OR_ARRAY,

  /// Units of an account are divided by its seats, and it had none on that day.
  NO_SEATS,

  /// The units of its day are beyond what a day can hold.
  SATURATED;

  /// The word for it in JSON and SQL.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Uncounted of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
