package io.pulso.testkit;

/// CEL texts over the names that random worlds use.
final class RandomConditions {
  private RandomConditions() {}

  /// A question about an event: mostly its name, often with more.
  static String ofEvents(Dice dice) {
    return switch (dice.below(8)) {
      case 0 -> "true";
      case 1, 2 -> name(dice);
      case 3 -> name(dice) + " && " + fact(dice);
      case 4 -> name(dice) + " || " + name(dice);
      case 5 -> "!(" + fact(dice) + ")";
      case 6 -> "(" + fact(dice) + " || " + fact(dice) + ") && !(" + name(dice) + ")";
      default -> fact(dice);
    };
  }

  /// A question about the traits of a subject and of its account.
  static String ofSubjects(Dice dice) {
    return switch (dice.below(5)) {
      case 0 -> "!(" + trait(dice) + ")";
      case 1 -> trait(dice) + " && " + trait(dice);
      case 2 -> trait(dice) + " || !(" + trait(dice) + ")";
      default -> trait(dice);
    };
  }

  private static String name(Dice dice) {
    return switch (dice.below(8)) {
      case 0 -> "name == " + quoted(dice.one(RandomWorlds.NAMES));
      case 1 -> "type == \"" + dice.one("track", "page", "screen") + "\"";
      case 2 -> "event in [\"Login\", " + quoted(dice.one(RandomWorlds.EVENTS)) + "]";
      case 3 -> "event." + dice.one("startsWith(\"I\")", "endsWith(\"ed\")", "contains(\"in\")");
      default -> "event == " + quoted(dice.one(RandomWorlds.EVENTS));
    };
  }

  private static String fact(Dice dice) {
    return switch (dice.below(12)) {
      case 0 -> "has(" + property(dice) + ")";
      case 1 -> property(dice) + operator(dice) + number(dice);
      case 2 -> property(dice) + dice.one(" == ", " != ") + literal(dice);
      case 3 -> "value" + operator(dice) + number(dice);
      case 4 ->
          "properties.s." + dice.one("startsWith(\"m\")", "contains(\"a\")", "matches(\"^[1m]\")");
      case 5 -> "size(" + property(dice) + ")" + operator(dice) + dice.below(4);
      case 6 -> literal(dice) + " in " + property(dice);
      case 7 ->
          dice.one("properties.obj.a == 1", "properties.list[0] == 1", "has(properties.obj.a.b)");
      case 8 -> property(dice) + operator(dice) + property(dice);
      case 9 -> dice.one("source.name == \"shop\"", "source.trusted", "context.battery > 0.3");
      case 10 ->
          dice.one("channel == \"web\"", "channel in [\"app\", \"email\"]", "channel != \"web\"");
      default -> trait(dice);
    };
  }

  private static String trait(Dice dice) {
    return switch (dice.below(7)) {
      case 0 -> "traits.plan == \"" + dice.one("pro", "free") + "\"";
      case 1 -> "traits.plan != \"pro\"";
      case 2 -> "has(traits." + dice.one("plan", "vip", "seats") + ")";
      case 3 -> "traits.vip" + dice.one("", " == true", " == \"map\"", " > 1");
      case 4 -> "account.tier == " + dice.one("1", "2", "\"1\"");
      case 5 -> "account.seats" + operator(dice) + number(dice);
      default -> "has(account." + dice.one("tier", "seats", "plan") + ")";
    };
  }

  private static String property(Dice dice) {
    return "properties[" + quoted(dice.one(RandomWorlds.KEYS)) + "]";
  }

  private static String operator(Dice dice) {
    return " " + dice.one("==", "!=", "<", "<=", ">", ">=") + " ";
  }

  private static String literal(Dice dice) {
    return switch (dice.below(6)) {
      case 0, 1, 2 -> number(dice);
      case 3 -> dice.one("true", "false");
      default -> quoted(dice.one(RandomValues.TEXTS));
    };
  }

  private static String number(Dice dice) {
    return dice.one("0", "1", "1.0", "5", "-3.0", "0.0005", "0.3", "1.0005", "1000000000", "1e300");
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
