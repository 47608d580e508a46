package io.pulso.engine.score;

import com.google.re2j.Pattern;
import io.pulso.engine.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// What a value is worth as a numeric unit.
///
/// @param milliUnits 0 when it does not count
/// @param reason why it does not count; null when it does
public record UnitValue(long milliUnits, @Nullable Uncounted reason) {
  /// The greatest number that counts.
  public static final double MOST = 1e9;

  /// A text that somebody meant as a number.
  public static final Pattern QUOTED =
      Pattern.compile("^\\s*[+-]?(\\d+([.,]\\d*)?|[.,]\\d+)([eE][+-]?\\d+)?\\s*$");

  /// The worth of what an event holds; null where it holds nothing.
  public static UnitValue of(@Nullable Json value) {
    return switch (value) {
      case null -> nothing(Uncounted.MISSING);
      case Json.Null _ -> nothing(Uncounted.MISSING);
      case Json.Num(double number) -> of(number);
      case Json.Bool _ -> nothing(Uncounted.BOOLEAN);
      case Json.Str(String text) ->
          nothing(QUOTED.matcher(text).find() ? Uncounted.QUOTED_NUMBER : Uncounted.NOT_A_NUMBER);
      case Json.Arr _, Json.Obj _ -> nothing(Uncounted.OBJECT_OR_ARRAY);
    };
  }

  /// The number by its shortest decimal text, rounded half away from zero to 3 decimals.
  public static UnitValue of(double number) {
    if (!Double.isFinite(number)) {
      return nothing(Uncounted.NOT_FINITE);
    }
    if (number < 0) {
      return nothing(Uncounted.NEGATIVE);
    }
    if (number > MOST) {
      return nothing(Uncounted.TOO_LARGE);
    }
    BigDecimal shortest = new BigDecimal(Double.toString(number));
    BigDecimal rounded = shortest.movePointRight(3).setScale(0, RoundingMode.HALF_UP);
    return new UnitValue(rounded.longValueExact(), null);
  }

  public static long milliUnits(@Nullable Json value) {
    return of(value).milliUnits();
  }

  private static UnitValue nothing(Uncounted reason) {
    return new UnitValue(0, reason);
  }
}
