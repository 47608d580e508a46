package io.pulso.engine.score;

import io.pulso.engine.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// What a value is worth as a numeric unit.
///
/// @param milliUnits 0 when it does not count
/// @param reason why it does not count; null when it does
public record UnitValue(long milliUnits, @Nullable Reason reason) {
  private static final double MOST_UNITS = 1e9;

  /// Why a value counts 0 units.
  public enum Reason {
    MISSING,
    QUOTED_NUMBER,
    BOOLEAN,
    NOT_A_NUMBER,
    NEGATIVE,
    NOT_FINITE,
    TOO_LARGE
  }

  /// The worth of what an event holds; null where it holds nothing.
  public static UnitValue of(@Nullable Json value) {
    return switch (value) {
      case null -> nothing(Reason.MISSING);
      case Json.Null _ -> nothing(Reason.MISSING);
      case Json.Num(double number) -> of(number);
      case Json.Bool _ -> nothing(Reason.BOOLEAN);
      case Json.Str(String text) ->
          nothing(isNumber(text) ? Reason.QUOTED_NUMBER : Reason.NOT_A_NUMBER);
      case Json.Arr _, Json.Obj _ -> nothing(Reason.NOT_A_NUMBER);
    };
  }

  /// The number by its shortest decimal text, rounded half away from zero to 3 decimals.
  public static UnitValue of(double number) {
    if (!Double.isFinite(number)) {
      return nothing(Reason.NOT_FINITE);
    }
    if (number < 0) {
      return nothing(Reason.NEGATIVE);
    }
    if (number > MOST_UNITS) {
      return nothing(Reason.TOO_LARGE);
    }
    BigDecimal shortest = new BigDecimal(Double.toString(number));
    BigDecimal rounded = shortest.movePointRight(3).setScale(0, RoundingMode.HALF_UP);
    return new UnitValue(rounded.longValueExact(), null);
  }

  public static long milliUnits(@Nullable Json value) {
    return of(value).milliUnits();
  }

  private static UnitValue nothing(Reason reason) {
    return new UnitValue(0, reason);
  }

  private static boolean isNumber(String text) {
    return text.length() <= 40
        && text.strip().matches("[+-]?(\\d+([.,]\\d*)?|[.,]\\d+)([eE][+-]?\\d+)?");
  }
}
