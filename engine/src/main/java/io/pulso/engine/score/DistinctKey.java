package io.pulso.engine.score;

import io.pulso.engine.expr.Evaluator;
import io.pulso.engine.expr.Path;
import io.pulso.engine.json.Json;
import org.jspecify.annotations.Nullable;

/// A text that is the same for two values exactly when their JSON type and value are: `1` is `1.0`
/// but not `"1"`.
public final class DistinctKey {
  private DistinctKey() {}

  /// Null for null and missing, which are no value, and for objects and arrays, which do not count.
  public static @Nullable String of(@Nullable Json value) {
    return switch (value) {
      case Json.Str(String text) -> "s:" + text;
      case Json.Num(double number) -> "n:" + Double.toString(number + 0.0);
      case Json.Bool(boolean yes) -> "b:" + yes;
      case Json.Null _, Json.Arr _, Json.Obj _ -> null;
      case null -> null;
    };
  }

  /// The key of what stands at a place. `value` is a number or nothing.
  public static @Nullable String of(Path path, Evaluator.Facts facts) {
    Json found = Evaluator.find(path, facts);
    return path.root() == Path.Root.VALUE && !(found instanceof Json.Num) ? null : of(found);
  }
}
