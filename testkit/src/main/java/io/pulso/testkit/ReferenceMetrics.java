package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.expr.Evaluator;
import io.pulso.engine.expr.Path;
import io.pulso.engine.json.Json;
import io.pulso.engine.metric.By;
import io.pulso.engine.metric.Cell;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What metrics count, slow and obvious.
public final class ReferenceMetrics {
  private static final double GREATEST_NUMBER = 1e9;

  private final Knowledge known;
  private final Predicate<Event> only;

  private ReferenceMetrics(Knowledge known, Predicate<Event> only) {
    this.known = known;
    this.only = only;
  }

  private static ReferenceMetrics among(World world, @Nullable Set<String> among) {
    Knowledge known = new Knowledge(world, null);
    return new ReferenceMetrics(known, event -> isAmong(known, event, among));
  }

  /// Counts by period and part.
  public static Map<Place, Cell> count(World world, MetricQuestion question) {
    return count(world, question, null);
  }

  /// As the other one, of some customers alone.
  static Map<Place, Cell> count(World world, MetricQuestion question, @Nullable Set<String> among) {
    return among(world, among).count(question);
  }

  /// What each customer, or the events with each value at a place, count alone; the key of those of
  /// nobody, or without a value, is empty.
  static Map<String, Map<Place, Cell>> each(
      World world, MetricQuestion question, @Nullable Path of) {
    Knowledge known = new Knowledge(world, null);
    Function<Event, String> key =
        event ->
            Objects.requireNonNullElse(
                of == null ? known.customer(event) : part(known, event, of), "");
    return known
        .records()
        .filter(event -> event.type().isEvent())
        .map(key)
        .distinct()
        .collect(
            Collectors.toMap(
                Function.identity(),
                each ->
                    new ReferenceMetrics(known, event -> key.apply(event).equals(each))
                        .count(question)));
  }

  /// How many different customers were active on days of a period.
  public static int active(World world, Select.Who who, Period period) {
    return active(world, who, period, null);
  }

  /// As the other one, of some customers alone.
  static int active(World world, Select.Who who, Period period, @Nullable Set<String> among) {
    ReferenceMetrics reference = among(world, among);
    return (int)
        reference
            .known
            .events()
            .filter(event -> !PassiveEvents.isPassive(event))
            .filter(event -> reference.isAsked(event, who))
            .filter(event -> contains(period, reference.day(event)))
            .map(reference.known::customer)
            .distinct()
            .count();
  }

  private Map<Place, Cell> count(MetricQuestion question) {
    Measure.Leaf leaf = question.leaf();
    Stream<Event> matching =
        known
            .records()
            .filter(event -> event.type().isEvent())
            .filter(event -> isAsked(event, leaf.of().who()))
            .filter(event -> question.period(day(event)) != null)
            .filter(event -> Evaluator.test(leaf.of().match().condition(), known.facts(event)));
    if (leaf instanceof Measure.Numbers(Select of, Path path, boolean latest) && latest) {
      matching = latest(matching.toList(), path, question).stream();
    }
    Map<Place, List<Event>> events = new HashMap<>();
    matching.forEach(event ->
        events.computeIfAbsent(place(event, question), ignored -> new ArrayList<>()).add(event));
    Map<Place, Cell> cells = new HashMap<>();
    events.forEach((place, some) -> cells.put(place, cell(leaf, some)));
    boolean left = leaf instanceof Measure.Numbers || leaf instanceof Measure.Repeaters;
    cells.values().removeIf(cell -> left && cell.n() == 0);
    return cells;
  }

  private Place place(Event event, MetricQuestion question) {
    return new Place(
        Objects.requireNonNull(question.period(day(event))).first(),
        part(known, event, question.by()));
  }

  /// What an event is told apart by.
  static @Nullable String part(Knowledge known, Event event, @Nullable Path by) {
    return by == null ? null : first(known, event, By.places(by));
  }

  static @Nullable String first(Knowledge known, Event event, List<Path> paths) {
    return paths.stream()
        .map(path -> text(Places.find(path, known.facts(event))))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private int day(Event event) {
    return (int) known.day(event).toEpochDay();
  }

  private static boolean contains(Period period, int day) {
    return period.first() <= day && day <= period.last();
  }

  private boolean isAsked(Event event, Select.Who who) {
    return only.test(event) && isAsked(known, event, who);
  }

  static boolean isAmong(Knowledge known, Event event, @Nullable Set<String> among) {
    String customer = known.customer(event);
    return among == null || (customer != null && among.contains(customer));
  }

  static boolean isAsked(Knowledge known, Event event, Select.Who who) {
    String customer = known.customer(event);
    return switch (who) {
      case ANYBODY -> true;
      case IDENTIFIED -> customer != null && known.identified(customer);
      case ANONYMOUS -> customer != null && !known.identified(customer);
    };
  }

  /// The latest of each person and period that has a number; of several at the same instant the one
  /// with the last message, and of those the greatest number.
  private List<Event> latest(List<Event> events, Path path, MetricQuestion question) {
    Comparator<Event> order =
        Comparator.comparingLong(Event::occurredAt)
            .thenComparing(Event::messageId, Records.BYTES)
            .thenComparing(event -> Objects.requireNonNull(milli(event, path)));
    Map<List<Object>, Event> found = new HashMap<>();
    for (Event event : events) {
      String customer = known.customer(event);
      if (customer != null && milli(event, path) != null) {
        Period period = Objects.requireNonNull(question.period(day(event)));
        found.merge(List.of(customer, period), event, (a, b) -> order.compare(a, b) >= 0 ? a : b);
      }
    }
    return List.copyOf(found.values());
  }

  private Cell cell(Measure.Leaf leaf, List<Event> events) {
    return switch (leaf) {
      case Measure.Events _ -> Cell.count(events.size());
      case Measure.Customers _ ->
          Cell.count(
              events.stream().map(known::customer).filter(Objects::nonNull).distinct().count());
      case Measure.Distinct(Select of, Path path) ->
          Cell.count(
              events.stream()
                  .map(event -> text(Places.find(path, known.facts(event))))
                  .filter(Objects::nonNull)
                  .distinct()
                  .count());
      case Measure.Total(Select of, Path path) -> {
        List<Long> numbers = numbers(events, path);
        yield Cell.sum(
            numbers.size(),
            numbers.stream()
                .map(number -> BigDecimal.valueOf(number, 3))
                .reduce(BigDecimal.ZERO, BigDecimal::add));
      }
      case Measure.Machines _ ->
          throw new IllegalArgumentException("no event of a world was left out");
      case Measure.Unique(Select of, List<Path> paths) ->
          Cell.count(
              events.stream()
                  .filter(event -> known.customer(event) != null)
                  .map(event -> known.customer(event) + "\n" + first(known, event, paths))
                  .distinct()
                  .count());
      case Measure.Repeaters(Select of, Path path, int times) ->
          Cell.count(
              events.stream()
                  .filter(event -> known.customer(event) != null)
                  .collect(Collectors.groupingBy(event -> known.customer(event)))
                  .values()
                  .stream()
                  .filter(some -> different(some, path) >= times)
                  .count());
      case Measure.Numbers(Select of, Path path, boolean latest) -> {
        TreeMap<Long, Long> often = new TreeMap<>();
        numbers(events, path).forEach(number -> often.merge(number, 1L, Long::sum));
        yield Cell.of(Frequencies.of(often));
      }
    };
  }

  private long different(List<Event> events, Path path) {
    return events.stream()
        .map(event -> text(Places.find(path, known.facts(event))))
        .filter(Objects::nonNull)
        .distinct()
        .count();
  }

  private List<Long> numbers(List<Event> events, Path path) {
    List<Long> found = new ArrayList<>();
    for (Event event : events) {
      Long number = milli(event, path);
      if (number != null) {
        found.add(number);
      }
    }
    return found;
  }

  private @Nullable Long milli(Event event, Path path) {
    return milli(known, event, path);
  }

  static @Nullable Long milli(Knowledge known, Event event, Path path) {
    if (!(Places.find(path, known.facts(event)) instanceof Json.Num(double number))
        || Math.abs(number) > GREATEST_NUMBER) {
      return null;
    }
    return new BigDecimal(Double.toString(number))
        .setScale(3, RoundingMode.HALF_UP)
        .unscaledValue()
        .longValueExact();
  }

  /// The same for equal values of the same type; null for what is none.
  static @Nullable String text(@Nullable Json value) {
    return switch (value) {
      case Json.Str(String text) -> "s:" + text;
      case Json.Bool(boolean truth) -> "b:" + truth;
      case Json.Num(double number) -> "n:" + (number == 0 ? 0.0 : number);
      case Json.Null _, Json.Arr _, Json.Obj _ -> null;
      case null -> null;
    };
  }
}
