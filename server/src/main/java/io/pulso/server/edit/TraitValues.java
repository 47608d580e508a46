package io.pulso.server.edit;

import io.pulso.engine.json.Json;
import io.pulso.server.event.InputException;
import java.util.Map;

/// Traits that are to be set: each a text, a number, true or false, or null to take it away.
public final class TraitValues {
  private static final int MOST = 20;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_TEXT = 500;

  private TraitValues() {}

  /// Refuses what no trait can be.
  static void check(Map<String, Json> traits) {
    if (traits.isEmpty() || traits.size() > MOST) {
      throw new InputException("give 1 to %d traits".formatted(MOST));
    }
    traits.forEach((name, value) -> {
      if (name.isBlank()
          || name.length() > LONGEST_NAME
          || name.chars().anyMatch(Character::isISOControl)) {
        throw new InputException(
            "a trait has a name of 1 to %d characters".formatted(LONGEST_NAME));
      }
      boolean good =
          switch (value) {
            case Json.Str(String text) ->
                text.length() <= LONGEST_TEXT && text.chars().noneMatch(Character::isISOControl);
            case Json.Num number -> true;
            case Json.Bool truth -> true;
            case Json.Null none -> true;
            case Json.Arr list -> false;
            case Json.Obj object -> false;
          };
      if (!good) {
        throw new InputException(
            "the trait '%s' must be a line of at most %d characters, a number, true, false or null"
                .formatted(name, LONGEST_TEXT));
      }
    });
  }

  /// What somebody typed, as the value that it looks like: a number, true, false, else a text.
  public static Json read(String typed) {
    String text = typed.strip();
    return switch (text) {
      case "" -> new Json.Null();
      case "true" -> new Json.Bool(true);
      case "false" -> new Json.Bool(false);
      default -> number(text);
    };
  }

  private static Json number(String text) {
    // As in files: a leading zero or plus makes it a text, such as a postcode or a telephone
    // number.
    return text.matches("-?(0|[1-9]\\d{0,14})(\\.\\d{1,9})?")
        ? new Json.Num(Double.parseDouble(text))
        : new Json.Str(text);
  }
}
