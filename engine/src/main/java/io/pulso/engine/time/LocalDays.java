package io.pulso.engine.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/// Turns instants into the calendar days of one time zone. Instants are microseconds and days are
/// whole days since 1970-01-01.
public final class LocalDays {
  private static final long DAY_SECONDS = 86_400;
  private static final long SECOND = 1_000_000;

  private final ZoneId zone;
  private final ZoneRules rules;

  public LocalDays(ZoneId zone) {
    this.zone = zone;
    this.rules = zone.getRules();
  }

  public ZoneId zone() {
    return zone;
  }

  /// The local day of an instant.
  public int day(long micros) {
    long second = Math.floorDiv(micros, SECOND);
    int offset = rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
    return Math.toIntExact(Math.floorDiv(second + offset, DAY_SECONDS));
  }

  /// The first instant of a local day: 00:00, or the end of the gap that swallows it.
  public long start(int day) {
    return LocalDate.ofEpochDay(day).atStartOfDay(zone).toEpochSecond() * SECOND;
  }

  /// The first instant after a local day: the later one where clocks set back at midnight repeat
  /// its end.
  public long end(int day) {
    return LocalDate.ofEpochDay(day + 1L)
            .atStartOfDay(zone)
            .withLaterOffsetAtOverlap()
            .toEpochSecond()
        * SECOND;
  }

  /// An offset and the instant from which it holds.
  public record Offset(long from, int seconds) {}

  /// The offsets that hold from one instant to another, in order; the first holds before `from`
  /// too.
  public List<Offset> offsets(long from, long to) {
    List<Offset> found = new ArrayList<>();
    Instant at = Instant.ofEpochSecond(Math.floorDiv(from, SECOND));
    ZoneOffset first = rules.getOffset(at);
    found.add(new Offset(from, first.getTotalSeconds()));
    ZoneOffsetTransition next = rules.nextTransition(at);
    while (next != null && next.toEpochSecond() * SECOND <= to) {
      found.add(new Offset(next.toEpochSecond() * SECOND, next.getOffsetAfter().getTotalSeconds()));
      next = rules.nextTransition(next.getInstant());
    }
    return found;
  }
}
