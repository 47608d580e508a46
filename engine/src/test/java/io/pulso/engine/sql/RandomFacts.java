package io.pulso.engine.sql;

import io.pulso.engine.expr.Evaluator.Facts;
import io.pulso.engine.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Random events, as hostile as JSON allows.
final class RandomFacts {
  static final double[] NUMBERS = {
    0,
    -0.0,
    1,
    1.5,
    -1,
    5,
    3,
    100,
    0.1,
    0.1 + 0.2,
    0.3,
    1e300,
    1e22,
    1e23,
    1e-7,
    4.9E-324,
    2.675,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    9007199254740992.0,
    9007199254740994.0,
    0x1p63,
    0x1p64,
    -0x1p63,
    123456789.12345679,
    0.0005,
    1.0005,
    9.7970846504176E-11,
    1e9,
    1e9 + 0.0001
  };

  private final Random random;

  RandomFacts(Random random) {
    this.random = random;
  }

  Facts next() {
    return new Facts(
        maybe(text()),
        maybe(text()),
        List.of("track", "page", "screen").get(random.nextInt(3)),
        maybe(text()),
        value(),
        object(0),
        random.nextInt(3) == 0 ? Json.Obj.EMPTY : object(1),
        random.nextInt(4) == 0 ? null : object(1),
        random.nextInt(4) == 0 ? null : object(1),
        text(),
        random.nextBoolean());
  }

  private @Nullable Json value() {
    Json found = random.nextInt(3) == 0 ? json(2) : new Json.Num(number());
    return random.nextInt(5) == 0 || found instanceof Json.Null ? null : found;
  }

  Json json(int depth) {
    return switch (random.nextInt(depth > 2 ? 6 : 9)) {
      case 0, 1 -> new Json.Str(text());
      case 2, 3 -> new Json.Num(number());
      case 4 -> new Json.Bool(random.nextBoolean());
      case 5 -> new Json.Null();
      case 6 -> array(depth);
      default -> object(depth + 1);
    };
  }

  private Json array(int depth) {
    List<Json> items = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      items.add(json(depth + 1));
    }
    return new Json.Arr(items);
  }

  private Json.Obj object(int depth) {
    Map<String, Json> fields = new LinkedHashMap<>();
    for (int i = random.nextInt(depth == 0 ? 25 : 12); i > 0; i--) {
      fields.put(key(), json(depth));
    }
    return new Json.Obj(fields);
  }

  String text() {
    return pick(Hostile.TEXTS);
  }

  /// The first keys come often, so that conditions find something.
  String key() {
    return random.nextInt(3) == 0 ? pick(Hostile.KEYS) : Hostile.KEYS.get(random.nextInt(12));
  }

  double number() {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private <T> @Nullable T maybe(T value) {
    return random.nextInt(4) == 0 ? null : value;
  }
}
