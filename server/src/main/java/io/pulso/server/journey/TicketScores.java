package io.pulso.server.journey;

import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.Band;
import io.pulso.server.score.Roster;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The present scores of customers by how long their slowest ticket of a period took.
public final class TicketScores {
  private static final long HOUR = 3_600_000_000L;

  private TicketScores() {}

  /// How long it took.
  public enum Wait {
    NO_TICKET,
    HOURS_4,
    DAY_1,
    DAYS_3,
    LONGER,
    OPEN
  }

  /// Customers who waited alike.
  ///
  /// @param median of their scores in milli-points; null for nobody
  /// @param engaged how many are in bands that count as engaged
  public record Line(Wait took, long customers, @Nullable Double median, long engaged) {}

  /// The scores of identified active customers.
  ///
  /// @param span from the first to the last event of a ticket
  /// @param roster everybody with their scores
  public static List<Line> ask(
      View view, Measure.Span span, Roster roster, Period period, int today) {
    Map<Integer, Wait> waits = waits(view, span, period, today);
    Map<Wait, List<Long>> scores = new EnumMap<>(Wait.class);
    Map<Wait, Long> engaged = new EnumMap<>(Wait.class);
    for (int row = 0; row < roster.size(); row++) {
      Long score = roster.score(row);
      Band band = roster.band(row);
      Wait wait = waits.getOrDefault(roster.number(row), Wait.NO_TICKET);
      boolean counts = wait != Wait.NO_TICKET || !roster.inactive(row);
      if (score != null && band != null && roster.identified(row) && counts) {
        scores.computeIfAbsent(wait, ignored -> new ArrayList<>()).add(score);
        engaged.merge(wait, band.engaged() ? 1L : 0L, Long::sum);
      }
    }
    List<Line> lines = new ArrayList<>();
    for (Wait wait : Wait.values()) {
      List<Long> some = scores.getOrDefault(wait, List.of());
      lines.add(new Line(wait, some.size(), median(some), engaged.getOrDefault(wait, 0L)));
    }
    return lines;
  }

  /// How long the slowest ticket of each customer took, of those opened in a period.
  private static Map<Integer, Wait> waits(View view, Measure.Span span, Period period, int today) {
    long known = Courses.known(view, period.last(), today);
    ThingReading tickets = ThingReading.read(view, span, null, known);
    Map<Integer, Wait> waits = new HashMap<>();
    for (ThingReading.Thing ticket : tickets.all()) {
      int day = tickets.day(ticket.start());
      if (ticket.subject() >= 0 && period.first() <= day && day <= period.last()) {
        waits.merge(ticket.subject(), wait(ticket), (a, b) -> a.compareTo(b) >= 0 ? a : b);
      }
    }
    return waits;
  }

  /// The numbers of customers whose slowest ticket of a period took so long.
  static BitSet who(View view, Measure.Span span, Period period, Wait slowest, int today) {
    BitSet found = new BitSet();
    waits(view, span, period, today)
        .forEach((subject, wait) -> {
          if (wait == slowest) {
            found.set(subject);
          }
        });
    return found;
  }

  /// The numbers of customers with a ticket that is open at the end of a period.
  static BitSet open(View view, Measure.Span span, Period period, int today) {
    long known = Courses.known(view, period.last(), today);
    ThingReading tickets = ThingReading.read(view, span, null, known);
    long end = Math.min(tickets.end(period.last()), known);
    BitSet found = new BitSet();
    for (ThingReading.Thing ticket : tickets.all()) {
      if (ticket.subject() >= 0 && ticket.isOpenAt(end)) {
        found.set(ticket.subject());
      }
    }
    return found;
  }

  /// The numbers of customers who opened a ticket of a part in a period.
  ///
  /// @param part as it is shown; null for tickets that say nothing of it
  static BitSet opened(
      View view, Measure.Span span, Path by, @Nullable String part, Period period, int today) {
    long known = Courses.known(view, period.last(), today);
    ThingReading tickets = ThingReading.read(view, span, by, known);
    BitSet found = new BitSet();
    for (ThingReading.Thing ticket : tickets.all()) {
      int day = tickets.day(ticket.start());
      if (ticket.subject() >= 0
          && period.first() <= day
          && day <= period.last()
          && Objects.equals(PartNames.shown(ticket.part()), part)) {
        found.set(ticket.subject());
      }
    }
    return found;
  }

  private static Wait wait(ThingReading.Thing ticket) {
    if (ticket.end() < 0) {
      return Wait.OPEN;
    }
    long took = ticket.end() - ticket.start();
    if (took <= 4 * HOUR) {
      return Wait.HOURS_4;
    }
    if (took <= 24 * HOUR) {
      return Wait.DAY_1;
    }
    return took <= 72 * HOUR ? Wait.DAYS_3 : Wait.LONGER;
  }

  private static @Nullable Double median(List<Long> scores) {
    long[] sorted = scores.stream().mapToLong(score -> score).toArray();
    Arrays.sort(sorted);
    int n = sorted.length;
    if (n == 0) {
      return null;
    }
    return n % 2 == 1
        ? (Double) (double) sorted[n / 2]
        : (Double) ((sorted[n / 2 - 1] + sorted[n / 2]) / 2.0);
  }
}
