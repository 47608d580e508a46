package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.expr.Evaluator;
import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Frequencies;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Select;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What metrics count of what customers did one after the other, slow and obvious.
public final class ReferenceChains {
  private static final long DAY = 86_400_000_000L;

  private final World world;
  private final Knowledge known;
  private final ChainQuestion question;
  private final Comparator<Event> order;
  private final @Nullable Set<String> among;

  private ReferenceChains(World world, ChainQuestion question, @Nullable Set<String> among) {
    this.among = among;
    this.world = world;
    this.known = new Knowledge(world, null);
    this.question = question;
    this.order =
        Comparator.comparingLong(Event::occurredAt)
            .thenComparing(Event::messageId, Records.BYTES)
            .thenComparing(
                event ->
                    Objects.requireNonNullElse(
                        ReferenceMetrics.part(known, event, question.by()), ""),
                Records.BYTES);
  }

  /// Counts by period and part.
  public static Map<Place, Cell> count(World world, ChainQuestion question) {
    return count(world, question, null);
  }

  /// As the other one, of some customers alone.
  static Map<Place, Cell> count(World world, ChainQuestion question, @Nullable Set<String> among) {
    return new ReferenceChains(world, question, among).count();
  }

  private Map<Place, Cell> count() {
    return switch (question.chain()) {
      case Measure.DaysBetween(Select of, Path path, Integer _) -> numbers(between(of, path));
      case Measure.Answered(Select of, Select answer, Integer _) -> numbers(answered(of, answer));
      case Measure.Touched touched -> touched(touched);
      case Measure.Followed(Select of, Select then, int days) ->
          shares(of, days, (first, end) -> isFollowed(first, then, end));
      case Measure.Kept(Select of, Select undone, int days) ->
          shares(of, days, (first, end) -> isKept(first, of, undone, end));
      case Measure.Reacted(Select of, Select then, List<Path> paths) -> reacted(of, then, paths);
      case Measure.ToDate(Measure.Leaf leaf) -> toDate(leaf);
    };
  }

  /// The events of customers that match.
  private List<Event> events(Select of) {
    return known
        .records()
        .filter(event -> event.type().isEvent())
        .filter(event -> known.customer(event) != null)
        .filter(event -> ReferenceMetrics.isAmong(known, event, among))
        .filter(event -> ReferenceMetrics.isAsked(known, event, of.who()))
        .filter(event -> Evaluator.test(of.match().condition(), known.facts(event)))
        .sorted(order)
        .toList();
  }

  private List<Event> events(Select of, Event like) {
    return events(of).stream()
        .filter(event -> Objects.equals(known.customer(event), known.customer(like)))
        .toList();
  }

  private int day(Event event) {
    return (int) known.day(event).toEpochDay();
  }

  /// Where an event is counted; null for nowhere.
  private @Nullable Place place(Event counted, Event told) {
    Period period = question.period(day(counted));
    return period == null
        ? null
        : new Place(period.first(), ReferenceMetrics.part(known, told, question.by()));
  }

  private static long rounded(long micros, long unit) {
    return BigDecimal.valueOf(micros)
        .divide(BigDecimal.valueOf(unit), 0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  private Map<Place, List<Long>> between(Select of, @Nullable Path path) {
    Map<String, List<Event>> each = new HashMap<>();
    Map<List<String>, Event> seen = new HashMap<>();
    for (Event event : events(of)) {
      String customer = Objects.requireNonNull(known.customer(event));
      String value =
          path == null ? null : ReferenceMetrics.text(Places.find(path, known.facts(event)));
      if (value == null || seen.putIfAbsent(List.of(customer, value), event) == null) {
        each.computeIfAbsent(customer, ignored -> new ArrayList<>()).add(event);
      }
    }
    Map<Place, List<Long>> found = new HashMap<>();
    for (List<Event> some : each.values()) {
      for (int i = 1; i < some.size(); i++) {
        Place place = place(some.get(i), some.get(i));
        long gap = some.get(i).occurredAt() - some.get(i - 1).occurredAt();
        if (place != null) {
          found.computeIfAbsent(place, ignored -> new ArrayList<>()).add(rounded(gap, DAY / 1000));
        }
      }
    }
    return found;
  }

  private Map<Place, List<Long>> answered(Select of, Select answer) {
    int end = Math.max(question.periods().getLast().last(), question.today());
    Map<Place, List<Long>> found = new HashMap<>();
    for (Event asked : events(of)) {
      Place place = place(asked, asked);
      Event later =
          events(answer, asked).stream()
              .filter(event -> event.occurredAt() > asked.occurredAt() && day(event) <= end)
              .findFirst()
              .orElse(null);
      if (place != null && later != null) {
        long wait = later.occurredAt() - asked.occurredAt();
        found.computeIfAbsent(place, ignored -> new ArrayList<>()).add(rounded(wait, 1000));
      }
    }
    return found;
  }

  private static Map<Place, Cell> numbers(Map<Place, List<Long>> found) {
    Map<Place, Cell> cells = new HashMap<>();
    found.forEach((place, numbers) -> {
      TreeMap<Long, Long> often = new TreeMap<>();
      numbers.forEach(number -> often.merge(number, 1L, Long::sum));
      cells.put(place, Cell.of(Frequencies.of(often)));
    });
    return cells;
  }

  private Map<Place, Cell> touched(Measure.Touched touched) {
    Map<Place, Cell> cells = new HashMap<>();
    for (Event event : events(touched.of())) {
      List<Event> touches =
          events(touched.touch(), event).stream()
              .filter(touch -> touch.occurredAt() <= event.occurredAt())
              .filter(touch -> touch.occurredAt() >= event.occurredAt() - touched.days() * DAY)
              .toList();
      Place place =
          touches.isEmpty()
              ? null
              : place(event, touched.first() ? touches.getFirst() : touches.getLast());
      if (place != null) {
        Path path = touched.path();
        Long number = path == null ? null : ReferenceMetrics.milli(known, event, path);
        add(cells, place, 1, number == null ? BigDecimal.ZERO : BigDecimal.valueOf(number, 3));
      }
    }
    return cells;
  }

  private static void add(Map<Place, Cell> cells, Place place, long n, BigDecimal total) {
    cells.merge(
        place, Cell.sum(n, total), (a, b) -> Cell.sum(a.n() + b.n(), a.total().add(b.total())));
  }

  private interface Member {
    boolean holds(Event first, int end);
  }

  private Map<Place, Cell> shares(Select of, int days, Member member) {
    Map<List<Object>, Event> firsts = new LinkedHashMap<>();
    Map<List<Object>, Place> places = new HashMap<>();
    for (Event event : events(of)) {
      Place place = place(event, event);
      if (place != null && day(event) + days < question.today()) {
        List<Object> key = List.of(Objects.requireNonNull(known.customer(event)), place);
        firsts.putIfAbsent(key, event);
        places.put(key, place);
      }
    }
    Map<Place, Cell> cells = new HashMap<>();
    firsts.forEach((key, first) ->
        add(
            cells,
            Objects.requireNonNull(places.get(key)),
            1,
            member.holds(first, day(first) + days) ? BigDecimal.ONE : BigDecimal.ZERO));
    return cells;
  }

  private Map<Place, Cell> reacted(Select of, Select then, List<Path> paths) {
    int end = Math.max(question.periods().getLast().last(), question.today());
    Map<List<Object>, Event> firsts = new LinkedHashMap<>();
    Map<List<Object>, Place> places = new HashMap<>();
    for (Event event : events(of)) {
      Place place = place(event, event);
      if (place != null) {
        List<Object> pair =
            List.of(Objects.requireNonNull(known.customer(event)), value(event, paths), place);
        firsts.putIfAbsent(pair, event);
        places.put(pair, place);
      }
    }
    Map<Place, Cell> cells = new HashMap<>();
    firsts.forEach((pair, first) -> {
      boolean came =
          events(then, first).stream()
              .anyMatch(event ->
                  event.occurredAt() >= first.occurredAt()
                      && day(event) <= end
                      && value(event, paths).equals(value(first, paths)));
      add(
          cells,
          Objects.requireNonNull(places.get(pair)),
          1,
          came ? BigDecimal.ONE : BigDecimal.ZERO);
    });
    return cells;
  }

  private String value(Event event, List<Path> paths) {
    return Objects.requireNonNullElse(ReferenceMetrics.first(known, event, paths), "");
  }

  private boolean isFollowed(Event first, @Nullable Select then, int end) {
    List<Event> later =
        then == null
            ? known
                .events()
                .filter(event -> !PassiveEvents.isPassive(event))
                .filter(event -> Objects.equals(known.customer(event), known.customer(first)))
                .toList()
            : events(then, first);
    return later.stream()
        .anyMatch(event -> event.occurredAt() > first.occurredAt() && day(event) <= end);
  }

  private boolean isKept(Event first, Select of, Select undone, int end) {
    long done = last(events(of, first), first, end);
    long gone = last(events(undone, first), first, end);
    return gone <= done;
  }

  private long last(List<Event> events, Event first, int end) {
    return events.stream()
        .filter(event -> event.occurredAt() >= first.occurredAt() && day(event) <= end)
        .mapToLong(Event::occurredAt)
        .max()
        .orElse(Long.MIN_VALUE);
  }

  /// Of all days up to the end of each period.
  private Map<Place, Cell> toDate(Measure.Leaf leaf) {
    Map<Place, Cell> cells = new HashMap<>();
    for (Period period : question.periods()) {
      Period whole = new Period(-1_000_000, period.last());
      ReferenceMetrics.count(
              world, new MetricQuestion(leaf, Every.WHOLE, List.of(whole), question.by()), among)
          .forEach((place, cell) -> {
            if (cell.n() > 0) {
              cells.put(new Place(period.first(), place.part()), cell);
            }
          });
    }
    return cells;
  }
}
