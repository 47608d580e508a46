package io.pulso.server.store;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Why a stored record does not count. Where several reasons hold, the first one stands. Words and
/// numbers are part of the API and of the store.
public enum Exclusion {
  BOT(1, "bots"),
  INTERNAL(2, "internal"),
  MAIL_SCANNER(3, "mail_scanners"),
  MACHINE_OPEN(4, "mail_scanners"),
  BURST(5, "bursts");

  private final int number;
  private final String rule;

  Exclusion(int number, String rule) {
    this.number = number;
    this.rule = rule;
  }

  /// What stands in the column `excluded`; 0 there means that the record counts.
  public int number() {
    return number;
  }

  /// The rule of `quality.yaml` that gives it.
  public String rule() {
    return rule;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Exclusion of(int number) {
    for (Exclusion each : values()) {
      if (each.number == number) {
        return each;
      }
    }
    throw new IllegalArgumentException("no exclusion has the number " + number);
  }

  public static Optional<Exclusion> of(String word) {
    return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  /// The names of all rules.
  public static List<String> rules() {
    return Stream.of(values()).map(Exclusion::rule).distinct().toList();
  }
}
