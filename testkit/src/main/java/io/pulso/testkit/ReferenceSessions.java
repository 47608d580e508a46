package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.expr.Path;
import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.SessionFact;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is counted in sessions, slow and obvious.
public final class ReferenceSessions {
  private static final long HALF_AN_HOUR = 30 * 60_000_000L;
  private static final BigDecimal DAY = BigDecimal.valueOf(86_400_000_000L);

  private final Knowledge known;
  private final Map<String, List<Visit>> visits = new TreeMap<>();

  /// One session.
  record Visit(String customer, @Nullable String id, List<Event> events) {
    Event first() {
      return events.getFirst();
    }

    long startedAt() {
      return first().occurredAt();
    }

    long took() {
      return events.getLast().occurredAt() - startedAt();
    }

    List<Event> pages() {
      return events.stream().filter(event -> event.type() == EventType.PAGE).toList();
    }
  }

  /// The one who is meant; null for everybody.
  private @Nullable String only;

  private ReferenceSessions(World world) {
    known = new Knowledge(world, null);
    Map<String, Event> last = new HashMap<>();
    known
        .events()
        .filter(ReferenceSessions::belongs)
        .forEach(event -> {
          String customer = Objects.requireNonNull(known.customer(event));
          visit(customer, event, last.get(customer)).events().add(event);
          last.put(customer, event);
        });
  }

  /// Counts by period and part.
  public static Map<Place, Cell> count(World world, SessionQuestion question) {
    return new ReferenceSessions(world).count(question);
  }

  /// What each customer counts alone; not of what is told of customers.
  static Map<String, Map<Place, Cell>> each(World world, SessionQuestion question) {
    ReferenceSessions sessions = new ReferenceSessions(world);
    Map<String, Map<Place, Cell>> found = new HashMap<>();
    for (String customer : sessions.visits.keySet()) {
      sessions.only = customer;
      found.put(customer, sessions.count(question));
    }
    return found;
  }

  /// The events of all sessions that start in a period.
  static List<List<Event>> of(World world, Period period) {
    ReferenceSessions sessions = new ReferenceSessions(world);
    return sessions.visits().stream()
        .filter(visit -> {
          int day = sessions.day(visit.first());
          return period.first() <= day && day <= period.last();
        })
        .map(Visit::events)
        .toList();
  }

  /// All sessions of everybody, in the order in which they begin.
  List<Visit> visits() {
    return visits.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(Visit::first, Records.ORDER))
        .toList();
  }

  /// Done by somebody on web or app, and no sign of life of the script.
  static boolean belongs(Event event) {
    if (PassiveEvents.isPassive(event) || "Time Spent".equals(event.event())) {
      return false;
    }
    String channel = event.channel();
    return channel == null
        ? !event.trusted() || id(event) != null
        : channel.equals("web") || channel.equals("app");
  }

  private static @Nullable String id(Event event) {
    String told = ReferenceMetrics.text(event.context().get("sessionId"));
    if (told == null || told.equals("s:")) {
      told = ReferenceMetrics.text(event.properties().get("$session_id"));
    }
    return told == null || told.equals("s:") ? null : told;
  }

  private Visit visit(String customer, Event event, @Nullable Event before) {
    List<Visit> own = visits.computeIfAbsent(customer, ignored -> new ArrayList<>());
    String id = id(event);
    for (Visit visit : own) {
      boolean same =
          id != null
              ? id.equals(visit.id())
              : before != null
                  && visit.events().contains(before)
                  && event.occurredAt() - before.occurredAt() <= HALF_AN_HOUR;
      if (same) {
        return visit;
      }
    }
    Visit begun = new Visit(customer, id, new ArrayList<>());
    own.add(begun);
    return begun;
  }

  private Map<Place, Cell> count(SessionQuestion question) {
    return switch (question.fact()) {
      case ALL -> counts(question, visit -> 1);
      case WITH_PAGE -> counts(question, visit -> visit.pages().isEmpty() ? null : 1);
      case PAGES ->
          counts(question, visit -> visit.pages().isEmpty() ? null : visit.pages().size());
      case BOUNCES ->
          counts(
              question,
              visit -> visit.events().size() == 1 && visit.pages().size() == 1 ? 1 : null);
      case SECONDS -> sum(numbers(question, Visit::took), 1_000_000);
      case SECONDS_MEDIAN -> median(numbers(question, Visit::took), 1_000_000);
      case INTERVALS -> counts(question, visit -> before(visit) == null ? null : 1);
      case DAYS_BETWEEN -> sum(numbers(question, this::since), DAY.longValueExact());
      case DAYS_BETWEEN_MEDIAN -> median(numbers(question, this::since), DAY.longValueExact());
      case VISITORS -> visitors(question);
      case EXITS -> exits(question);
      case ACTIVE, RETURNING -> active(question);
      case OF_RETURNING -> ofReturning(question);
    };
  }

  private interface Amount {
    @Nullable Number of(Visit visit);
  }

  private @Nullable Visit before(Visit visit) {
    List<Visit> own =
        visits().stream().filter(each -> each.customer().equals(visit.customer())).toList();
    int place = own.indexOf(visit);
    return place == 0 ? null : own.get(place - 1);
  }

  private @Nullable Long since(Visit visit) {
    Visit before = before(visit);
    return before == null ? null : visit.startedAt() - before.startedAt();
  }

  /// The numbers of the sessions that start in each period, by part; null ones are left out.
  private Map<Place, List<Long>> numbers(SessionQuestion question, Amount amount) {
    Map<Place, List<Long>> found = new HashMap<>();
    for (Visit visit : visits()) {
      Place place = place(visit.first(), question);
      Number value = amount.of(visit);
      if (place != null && value != null && isAsked(visit.customer(), question.who())) {
        found.computeIfAbsent(place, ignored -> new ArrayList<>()).add(value.longValue());
      }
    }
    return found;
  }

  private @Nullable Place place(Event event, SessionQuestion question) {
    Period period = question.period(day(event));
    Path by = question.by();
    return period == null
        ? null
        : new Place(
            period.first(),
            by == null ? null : ReferenceMetrics.text(Places.find(by, known.facts(event))));
  }

  private int day(Event event) {
    return (int) known.day(event).toEpochDay();
  }

  private boolean isAsked(String customer, Select.Who who) {
    return (only == null || only.equals(customer))
        && switch (who) {
          case ANYBODY -> true;
          case IDENTIFIED -> known.identified(customer);
          case ANONYMOUS -> !known.identified(customer);
        };
  }

  private Map<Place, Cell> counts(SessionQuestion question, Amount amount) {
    return sum(numbers(question, amount), 1);
  }

  private static Map<Place, Cell> sum(Map<Place, List<Long>> numbers, long unit) {
    Map<Place, Cell> cells = new HashMap<>();
    numbers.forEach((place, each) ->
        cells.put(
            place,
            Cell.sum(
                each.size(),
                BigDecimal.valueOf(each.stream().mapToLong(n -> n).sum())
                    .divide(BigDecimal.valueOf(unit), MathContext.DECIMAL128))));
    return cells;
  }

  private static Map<Place, Cell> median(Map<Place, List<Long>> numbers, long unit) {
    Map<Place, Cell> cells = new HashMap<>();
    numbers.forEach((place, each) -> {
      List<Long> sorted = each.stream().sorted().toList();
      long twice = sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2);
      cells.put(
          place,
          Cell.sum(
              each.size(),
              BigDecimal.valueOf(twice)
                  .divide(BigDecimal.valueOf(2 * unit), MathContext.DECIMAL128)));
    });
    return cells;
  }

  private Map<Place, Cell> visitors(SessionQuestion question) {
    Map<Place, Set<String>> found = new HashMap<>();
    for (Visit visit : visits()) {
      Place place = place(visit.first(), question);
      if (place != null && isAsked(visit.customer(), question.who())) {
        found.computeIfAbsent(place, ignored -> new HashSet<>()).add(visit.customer());
      }
    }
    Map<Place, Cell> cells = new HashMap<>();
    found.forEach((place, who) -> cells.put(place, cell(who.size())));
    return cells;
  }

  private static Cell cell(long n) {
    return Cell.sum(n, BigDecimal.valueOf(n));
  }

  private Map<Place, Cell> exits(SessionQuestion question) {
    Map<Place, Long> found = new HashMap<>();
    for (Visit visit : visits()) {
      if (!visit.pages().isEmpty() && isAsked(visit.customer(), question.who())) {
        Place place = place(visit.pages().getLast(), question);
        if (place != null) {
          found.merge(place, 1L, Long::sum);
        }
      }
    }
    Map<Place, Cell> cells = new HashMap<>();
    found.forEach((place, n) -> cells.put(place, cell(n)));
    return cells;
  }

  private boolean wasActive(String customer, int first, int last) {
    return known
        .events()
        .filter(event -> !PassiveEvents.isPassive(event))
        .anyMatch(event ->
            customer.equals(known.customer(event)) && first <= day(event) && day(event) <= last);
  }

  private boolean returns(String customer, Period period) {
    return wasActive(customer, period.first(), period.last())
        && wasActive(customer, Integer.MIN_VALUE, period.first() - 1);
  }

  /// In each part those who did something of it in the period; they return wherever they were
  /// active before.
  private Map<Place, Cell> active(SessionQuestion question) {
    Map<Place, Set<String>> found = new HashMap<>();
    known
        .events()
        .filter(event -> !PassiveEvents.isPassive(event))
        .forEach(event -> {
          String customer = Objects.requireNonNull(known.customer(event));
          Period period = question.period(day(event));
          Place place = place(event, question);
          if (period != null
              && place != null
              && isAsked(customer, question.who())
              && (question.fact() != SessionFact.RETURNING || returns(customer, period))) {
            found.computeIfAbsent(place, ignored -> new HashSet<>()).add(customer);
          }
        });
    Map<Place, Cell> cells = new HashMap<>();
    found.forEach((place, who) -> cells.put(place, cell(who.size())));
    return cells;
  }

  private Map<Place, Cell> ofReturning(SessionQuestion question) {
    Map<Place, Long> found = new HashMap<>();
    for (Visit visit : visits()) {
      Period period = question.period(day(visit.first()));
      Place place = place(visit.first(), question);
      if (period != null
          && place != null
          && isAsked(visit.customer(), question.who())
          && returns(visit.customer(), period)) {
        found.merge(place, 1L, Long::sum);
      }
    }
    Map<Place, Cell> cells = new HashMap<>();
    found.forEach((place, n) -> cells.put(place, cell(n)));
    return cells;
  }
}
