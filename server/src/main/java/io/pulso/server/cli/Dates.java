package io.pulso.server.cli;

import io.pulso.engine.yaml.Words;
import io.pulso.server.event.InputException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/// Days and instants as people give them to a command.
final class Dates {
  private static final int LENGTH = 10;

  private Dates() {}

  /// The local day, since 1970-01-01, that an option says.
  static int day(String option, String text) {
    try {
      if (text.length() == LENGTH) {
        return Math.toIntExact(LocalDate.parse(text).toEpochDay());
      }
    } catch (DateTimeException e) {
      // falls through to the fault
    }
    throw new InputException(
        "%s: %s is no day; write it as YYYY-MM-DD, such as 2026-03-31"
            .formatted(option, Words.quote(text)));
  }

  /// The instant, in microseconds, that an option says.
  static long instant(String option, String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return Math.addExact(
          Math.multiplyExact(time.toEpochSecond(), 1_000_000L), time.getNano() / 1000);
    } catch (DateTimeException | ArithmeticException e) {
      throw new InputException(
          "%s: %s is no instant; write it with its offset, such as 2026-03-31T18:00:00Z or 2026-03-31T18:00:00+02:00"
              .formatted(option, Words.quote(text)),
          e);
    }
  }

  /// Checks that a range is one.
  static void ordered(int from, int to) {
    if (from > to) {
      throw new InputException(
          "--from %s is after --to %s: exchange them"
              .formatted(Numbers.day(from), Numbers.day(to)));
    }
  }
}
