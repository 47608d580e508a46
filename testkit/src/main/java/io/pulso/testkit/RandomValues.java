package io.pulso.testkit;

import io.pulso.engine.json.Json;
import java.util.List;

/// JSON values of the kinds that are easily got wrong.
final class RandomValues {
  static final List<Double> NUMBERS =
      List.of(
          0.0,
          -0.0,
          1.0,
          2.0,
          5.0,
          -3.0,
          0.0005,
          0.0004999,
          1.0005,
          0.1 + 0.2,
          0.3,
          12.3456,
          1e9,
          1e9,
          1_000_000_000.5,
          999_999_999.9996,
          123_456_789_012.0,
          1e300,
          Double.MIN_VALUE);

  static final List<String> TEXTS =
      List.of("", "1", "5", "map", "Map", "true", "null", "it's", "\u540D", "\uD83D\uDE00");

  private static final List<Json> SEATS =
      List.of(
          Samples.json(1),
          Samples.json(3),
          Samples.json(4),
          Samples.json(7.0005),
          Samples.json(1.5),
          Samples.json(0.9996),
          Samples.json(0),
          Samples.json(-4),
          Samples.json(null),
          Samples.json("4"));

  private RandomValues() {}

  static Json seats(Dice dice) {
    return dice.one(SEATS);
  }

  /// Mostly a number where numbers are looked for, a text where texts are.
  static Json of(String key, Dice dice) {
    boolean fitting = dice.percent(80);
    return switch (key) {
      case "n", "minutes", "value", "revenue" ->
          fitting ? new Json.Num(dice.one(NUMBERS)) : any(dice);
      case "s", "tag" -> fitting ? new Json.Str(dice.one(TEXTS)) : any(dice);
      default -> any(dice);
    };
  }

  /// A value of any type.
  private static Json any(Dice dice) {
    return switch (dice.below(12)) {
      case 0, 1, 2, 3, 4 -> new Json.Num(dice.one(NUMBERS));
      case 5, 6, 7 -> new Json.Str(dice.one(TEXTS));
      case 8 -> new Json.Bool(dice.percent(50));
      case 9 -> new Json.Null();
      case 10 -> dice.one(Samples.array(), Samples.array(1, "1", null), Samples.array("map", true));
      default ->
          dice.one(
              Samples.object("a", 1),
              Samples.object("a", null),
              Samples.object("a", Samples.object("b", "map")));
    };
  }
}
