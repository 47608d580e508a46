package io.pulso.server.cli;

import io.pulso.engine.score.Uncounted;
import java.util.Map;
import java.util.stream.Collectors;

/// Events that match but do not count, in words.
final class NotCounted {
  private NotCounted() {}

  /// As in `2 with a number in quotes, 1 with a negative number`.
  static String words(Map<Uncounted, ? extends Number> events) {
    return events.entrySet().stream()
        .map(each -> Numbers.count(each.getValue().longValue()) + " " + words(each.getKey()))
        .collect(Collectors.joining(", "));
  }

  static String words(Uncounted reason) {
    return switch (reason) {
      case MISSING -> "without a value";
      case QUOTED_NUMBER -> "with a number in quotes";
      case BOOLEAN -> "with true or false";
      case NOT_A_NUMBER -> "with a text";
      case NEGATIVE -> "with a negative number";
      case NOT_FINITE -> "with an infinite number";
      case TOO_LARGE -> "with a number above 10⁹";
      case OBJECT_OR_ARRAY -> "with a list or an object";
      case NO_SEATS -> "on days without seats";
      case SATURATED -> "on days of more than 10⁹ units";
    };
  }
}
