package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.expr.Evaluator;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How long tickets last and how many are open, slow and obvious. What begins and ends a ticket of
/// a built-in metric is written here by the names of events, as documents tell it.
public final class ReferenceTickets {
  private final Knowledge known;
  private final TicketQuestion question;
  private final Life life;

  /// All steps of each ticket, in order.
  private final Map<String, List<Event>> tickets;

  private final long until;

  /// What happens to a ticket.
  ///
  /// @param last whether its last end is meant, else the first
  private record Life(
      Predicate<Event> begins, Predicate<Event> ends, Predicate<Event> opensAgain, boolean last) {
    boolean isStep(Event event) {
      return begins.test(event) || ends.test(event) || opensAgain.test(event);
    }
  }

  private ReferenceTickets(World world, TicketQuestion question) {
    this.known = new Knowledge(world, null);
    this.question = question;
    this.until = ReferenceCourses.until(world, question.periods(), question.today());
    this.life = life();
    this.tickets =
        known
            .records()
            .filter(event -> event.type().isEvent() && event.occurredAt() < until)
            .filter(event -> life.isStep(event) && id(event) != null)
            .collect(Collectors.groupingBy(event -> Objects.requireNonNull(id(event))));
  }

  /// The figures by period and part; what nothing is counted for is left out.
  public static Map<Place, Figure> figures(World world, TicketQuestion question) {
    ReferenceTickets reference = new ReferenceTickets(world, question);
    return switch (question.course()) {
      case Measure.Lasting(Measure.Span span, Measure.Tell tell) -> reference.lasting(tell);
      case Measure.Open(Measure.Span span) -> reference.open();
      case Measure.Leaving _, Measure.Staying _, Measure.Reaching _, Measure.Awaiting _ ->
          throw new IllegalArgumentException("not about things: " + question);
    };
  }

  private @Nullable String id(Event event) {
    return question.metric() == null
        ? ReferenceMetrics.text(Places.find(question.span().of(), known.facts(event)))
        : ReferenceMetrics.text(event.properties().get("ticket_id"));
  }

  private Life life() {
    String metric = question.metric();
    if (metric == null) {
      Measure.Span span = question.span();
      return new Life(matches(span.from()), matches(span.to()), matches(span.again()), span.last());
    }
    if (metric.startsWith("first_response_time.")) {
      Predicate<Event> byAnAgent =
          event ->
              event.properties().get("agent") != null
                  && !(event.properties().get("agent") instanceof Json.Null);
      return new Life(
          named("Ticket Created"), named("Ticket Replied").and(byAnAgent), event -> false, false);
    }
    if (metric.startsWith("resolution_time.") || metric.equals("backlog")) {
      return new Life(
          named("Ticket Created"), named("Ticket Resolved"), named("Ticket Reopened"), true);
    }
    throw new IllegalArgumentException("nobody said what it is: " + metric);
  }

  private static Predicate<Event> named(String name) {
    return event -> name.equals(event.event());
  }

  private Predicate<Event> matches(@Nullable Expression match) {
    return event -> match != null && Evaluator.test(match.condition(), known.facts(event));
  }

  /// The first event of a ticket; null where it never begins.
  private @Nullable Event begun(List<Event> ticket) {
    return ticket.stream().filter(life.begins()).min(BY_TIME).orElse(null);
  }

  private static final Comparator<Event> BY_TIME = Comparator.comparingLong(Event::occurredAt);

  /// What a ticket that began does from then on.
  private List<Event> since(List<Event> ticket, Event begun) {
    return ticket.stream().filter(event -> event.occurredAt() >= begun.occurredAt()).toList();
  }

  /// The end of a ticket; null while it is open.
  private @Nullable Event ended(List<Event> ticket, Event begun) {
    List<Event> ends = since(ticket, begun).stream().filter(life.ends()).toList();
    if (!life.last()) {
      return ends.stream().min(BY_TIME).orElse(null);
    }
    Event end = ends.stream().max(BY_TIME).orElse(null);
    boolean isOpenAgain =
        end != null
            && ticket.stream()
                .filter(life.opensAgain())
                .anyMatch(event -> event.occurredAt() >= end.occurredAt());
    return isOpenAgain ? null : end;
  }

  private @Nullable String part(Event event) {
    return ReferenceMetrics.part(known, event, question.by());
  }

  /// What a ticket says of itself at its beginning, else what a later event says first; of events
  /// of one instant the least.
  private @Nullable String part(List<Event> ticket, Event begun) {
    Comparator<Event> order = BY_TIME.thenComparing(event -> Objects.requireNonNull(part(event)));
    return beginnings(ticket, begun).stream()
        .filter(event -> part(event) != null)
        .min(order)
        .or(() -> since(ticket, begun).stream().filter(event -> part(event) != null).min(order))
        .map(this::part)
        .orElse(null);
  }

  private List<Event> beginnings(List<Event> ticket, Event begun) {
    return ticket.stream()
        .filter(life.begins())
        .filter(event -> event.occurredAt() == begun.occurredAt())
        .toList();
  }

  /// Whether a ticket is one of those that are asked for: whose it is its first event tells, else
  /// the first one that does.
  private boolean isAsked(List<Event> ticket, Event begun) {
    return question.among() == null || question.among().containsAll(owners(ticket, begun));
  }

  /// Whose a ticket is; several where one instant tells several.
  private Set<String> owners(List<Event> ticket, Event begun) {
    Set<String> owners = customers(beginnings(ticket, begun));
    List<Event> later = since(ticket, begun);
    for (Event event : later.stream().sorted(BY_TIME).toList()) {
      if (owners.isEmpty()) {
        owners =
            customers(
                later.stream().filter(other -> other.occurredAt() == event.occurredAt()).toList());
      }
    }
    return owners.isEmpty() ? Set.of("nobody's") : owners;
  }

  private Set<String> customers(List<Event> events) {
    return events.stream()
        .map(known::customer)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /// Whether each ticket of a world that begins is one customer's, or nobody's.
  static boolean areOwnersClear(World world, TicketQuestion question) {
    ReferenceTickets reference = new ReferenceTickets(world, question);
    return reference.tickets.values().stream()
        .allMatch(ticket -> {
          Event begun = reference.begun(ticket);
          return begun == null || reference.owners(ticket, begun).size() == 1;
        });
  }

  private boolean isIn(Period period, @Nullable Event event) {
    return event != null && period.first() <= day(event) && day(event) <= period.last();
  }

  private int day(Event event) {
    LocalDate day = known.day(event);
    return (int) day.toEpochDay();
  }

  private Map<Place, Figure> lasting(Measure.Tell tell) {
    Map<Place, ReferenceSurvival> lasting = new HashMap<>();
    for (Period period : question.periods()) {
      for (List<Event> ticket : tickets.values()) {
        Event begun = begun(ticket);
        if (begun == null || !isAsked(ticket, begun)) {
          continue;
        }
        Event ended = ended(ticket, begun);
        if (isIn(period, tell.isOfFinished() ? ended : begun)) {
          long end = ended == null ? until : ended.occurredAt();
          lasting
              .computeIfAbsent(
                  new Place(period.first(), part(ticket, begun)), _ -> new ReferenceSurvival())
              .add(end - begun.occurredAt(), ended != null);
        }
      }
    }
    Map<Place, Figure> figures = new HashMap<>();
    lasting.forEach((place, all) -> figures.put(place, all.figure(tell, 1)));
    return figures;
  }

  private Map<Place, Figure> open() {
    Map<Place, Integer> open = new HashMap<>();
    for (Period period : question.periods()) {
      for (List<Event> ticket : tickets.values()) {
        List<Event> then = ticket.stream().filter(event -> day(event) <= period.last()).toList();
        Event begun = begun(then);
        if (begun != null && ended(then, begun) == null && isAsked(ticket, begun)) {
          open.merge(new Place(period.first(), part(ticket, begun)), 1, Integer::sum);
        }
      }
    }
    Map<Place, Figure> figures = new HashMap<>();
    open.forEach((place, n) -> figures.put(place, new Figure((double) n, n, null)));
    return figures;
  }
}
