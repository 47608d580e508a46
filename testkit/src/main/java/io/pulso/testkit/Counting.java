package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.expr.Path;
import io.pulso.engine.json.Json;
import io.pulso.engine.model.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How many milli-units events are worth together.
final class Counting {
  static final long ONE = 1000;

  /// 1e9 units.
  static final long MOST = 1_000_000_000_000L;

  private static final double GREATEST_NUMBER = 1e9;

  private Counting() {}

  /// The uncut milli-units of one day's events; at most [#MOST].
  static long units(Unit unit, List<Event> events) {
    long sum =
        switch (unit) {
          case Unit.Occurrences _ -> events.size() * ONE;
          case Unit.Numeric(Path path) ->
              events.stream().mapToLong(event -> milli(find(path, event))).sum();
          case Unit.Distinct(Path path) ->
              ONE
                  * events.stream()
                      .map(event -> distinct(find(path, event)))
                      .filter(Objects::nonNull)
                      .distinct()
                      .count();
        };
    return Math.min(sum, MOST);
  }

  /// A number in thousandths, rounded half away from zero; 0 for what does not count.
  static long milli(@Nullable Json json) {
    if (!(json instanceof Json.Num(double number)) || number < 0 || number > GREATEST_NUMBER) {
      return 0;
    }
    return new BigDecimal(Double.toString(number))
        .setScale(3, RoundingMode.HALF_UP)
        .unscaledValue()
        .longValueExact();
  }

  /// The value as it is told apart from others; null for what does not count.
  private static @Nullable Json distinct(@Nullable Json json) {
    return switch (json) {
      case Json.Str text -> text;
      case Json.Bool truth -> truth;
      case Json.Num(double number) -> new Json.Num(number == 0 ? 0.0 : number);
      case Json.Null _, Json.Arr _, Json.Obj _ -> null;
      case null -> null;
    };
  }

  /// What stands at a place of an event. `value` is a number or missing.
  private static @Nullable Json find(Path path, Event event) {
    Json at =
        switch (path.root()) {
          case NAME -> event.name() == null ? null : new Json.Str(event.name());
          case VALUE -> event.value() instanceof Json.Num number ? number : null;
          case PROPERTIES -> event.properties();
          case CONTEXT -> event.context();
          case EVENT, TYPE, CHANNEL, TRAITS, ACCOUNT, SOURCE, STANDING ->
              throw new IllegalArgumentException("no unit: " + path);
        };
    return Places.down(at, path.steps());
  }
}
