package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.expr.Evaluator;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Interval;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.engine.time.LocalDays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who was lost and how long things took, slow and obvious: a walk from day to day.
public final class ReferenceCourses {
  private static final int EXISTING = 28;
  private static final int GRACE = 7;
  private static final int NEVER = Integer.MAX_VALUE;
  private static final long DAY_MICROS = 86_400_000_000L;

  private final World world;
  private final Knowledge known;
  private final LocalDays days;
  private final CourseQuestion question;

  /// The first day with an event.
  private final int begun;

  /// The first day of which not everything is known.
  private final int open;

  private ReferenceCourses(World world, CourseQuestion question) {
    this.world = world;
    this.known = new Knowledge(world, null);
    this.days = new LocalDays(world.zone());
    this.question = question;
    this.begun = events().mapToInt(this::day).min().orElse(NEVER - EXISTING);
    int last = events().mapToInt(this::day).max().orElse(question.today());
    this.open = Math.min(question.today(), last + 1);
  }

  /// The figures, in the order of the periods. Where nothing can be told there is [Figure#NONE].
  public static List<Figure> figures(World world, CourseQuestion question) {
    ReferenceCourses reference = new ReferenceCourses(world, question);
    return switch (question.course()) {
      case Measure.Leaving(Measure.Loss loss, boolean kept) -> reference.leaving(loss, kept);
      case Measure.Staying(Measure.Loss loss, Measure.Tell tell) -> reference.staying(loss, tell);
      case Measure.Reaching(Expression to, Measure.Tell tell) ->
          reference.reaching(Objects.requireNonNull(to), tell);
      case Measure.Awaiting(Select of, Expression answer, Measure.Tell tell) ->
          reference.awaiting(of, answer, tell);
      case Measure.Lasting _, Measure.Open _ ->
          throw new IllegalArgumentException("not about customers: " + question);
    };
  }

  private Stream<Event> events() {
    return known.records().filter(event -> event.type().isEvent());
  }

  private int day(Event event) {
    return days.day(event.occurredAt());
  }

  /// Up to which day, included, what customers did is looked at.
  private int lastSeen() {
    return Math.max(question.periods().getLast().last(), question.today() - 1);
  }

  private @Nullable String owner(Event event, Model.Subject per) {
    return per == Model.Subject.ACCOUNT
        ? event.person() == null ? null : known.account(event)
        : known.customer(event);
  }

  /// What happened to one on a day.
  private enum Turn {
    NEW,
    RESURRECTED,
    LOST
  }

  /// A turn of somebody.
  private record Happened(int day, Turn turn) {}

  /// The turns of everybody, in order; null where nothing tells of subscriptions.
  private @Nullable Map<String, List<Happened>> turns(Measure.Loss loss) {
    Map<String, NavigableSet<Integer>> active = new HashMap<>();
    Map<String, NavigableMap<Long, List<Event>>> terms = new HashMap<>();
    events()
        .forEach(event -> {
          String owner = owner(event, loss.per());
          if (owner == null) {
            return;
          }
          if (!PassiveEvents.isPassive(event) && day(event) <= lastSeen()) {
            active.computeIfAbsent(owner, ignored -> new TreeSet<>()).add(day(event));
          }
          boolean term = event.event() != null && event.event().startsWith("Subscription ");
          if (term && day(event) < open) {
            terms
                .computeIfAbsent(owner, ignored -> new TreeMap<>())
                .computeIfAbsent(event.occurredAt(), ignored -> new ArrayList<>())
                .add(event);
          }
        });
    if (loss.silent() == null && terms.isEmpty()) {
      return null;
    }
    TreeSet<String> owners = new TreeSet<>(active.keySet());
    if (loss.silent() == null) {
      owners.addAll(terms.keySet());
    }
    Map<String, List<Happened>> turns = new LinkedHashMap<>();
    for (String owner : owners) {
      if (loss.per() == Model.Subject.ACCOUNT || known.identified(owner)) {
        NavigableSet<Integer> on = active.getOrDefault(owner, new TreeSet<>());
        turns.put(
            owner,
            loss.silent() != null
                ? bySilence(on, loss.silent())
                : byTerms(on, terms.getOrDefault(owner, new TreeMap<>())));
      }
    }
    return turns;
  }

  private List<Happened> bySilence(NavigableSet<Integer> active, int silence) {
    List<Happened> turns = new ArrayList<>();
    boolean here = false;
    for (int day = active.first(); day <= Math.max(lastSeen(), open); day++) {
      if (active.contains(day)) {
        if (!here) {
          turns.add(new Happened(day, turns.isEmpty() ? Turn.NEW : Turn.RESURRECTED));
        }
        here = true;
      } else if (here && day < open && active.floor(day) == day - silence) {
        turns.add(new Happened(day, Turn.LOST));
        here = false;
      }
    }
    return turns;
  }

  private List<Happened> byTerms(
      NavigableSet<Integer> active, NavigableMap<Long, List<Event>> terms) {
    List<Happened> turns = new ArrayList<>();
    boolean here = false;
    boolean subscribed = false;
    int due = NEVER;
    int firstActive = active.isEmpty() ? NEVER : active.first();
    int firstTerm = terms.isEmpty() ? NEVER : days.day(terms.firstKey());
    for (int day = Math.min(firstActive, firstTerm); day <= Math.max(lastSeen(), open); day++) {
      if (day == firstActive && turns.isEmpty()) {
        turns.add(new Happened(day, Turn.NEW));
        here = true;
      }
      int today = day;
      for (Map.Entry<Long, List<Event>> moment : terms.entrySet()) {
        if (days.day(moment.getKey()) != today) {
          continue;
        }
        List<Event> cancelled =
            moment.getValue().stream()
                .filter(e -> "Subscription Cancelled".equals(e.event()))
                .toList();
        List<Event> begun =
            moment.getValue().stream()
                .filter(e -> !"Subscription Cancelled".equals(e.event()))
                .toList();
        // Who changes a subscription ends one and begins another; who tries one begins and ends it.
        for (boolean ending : subscribed ? List.of(true, false) : List.of(false, true)) {
          if (ending && !cancelled.isEmpty()) {
            if (here) {
              turns.add(new Happened(day, Turn.LOST));
            }
            here = false;
            subscribed = false;
            due = NEVER;
          } else if (!ending && !begun.isEmpty()) {
            if (!here) {
              turns.add(new Happened(day, turns.isEmpty() ? Turn.NEW : Turn.RESURRECTED));
            }
            here = true;
            subscribed = true;
            due = begun.stream().mapToInt(event -> due(event, today)).max().orElse(NEVER);
          }
        }
      }
      if (here && due == day && day < open) {
        turns.add(new Happened(day, Turn.LOST));
        here = false;
        subscribed = false;
        due = NEVER;
      }
    }
    return turns;
  }

  private static int due(Event event, int day) {
    LocalDate begin = LocalDate.ofEpochDay(day);
    return switch (event.properties().get("term")) {
      case Json.Str(String term) when term.equals("month") ->
          (int) begin.plusMonths(1).toEpochDay() + GRACE;
      case Json.Str(String term) when term.equals("year") ->
          (int) begin.plusYears(1).toEpochDay() + GRACE;
      case null, default -> NEVER;
    };
  }

  /// Whether one is a customer after what happened before a day.
  private static boolean isHereBefore(List<Happened> turns, int day) {
    Happened last =
        turns.stream().filter(turn -> turn.day() < day).reduce((_, later) -> later).orElse(null);
    return last != null && last.turn() != Turn.LOST;
  }

  private List<Figure> leaving(Measure.Loss loss, boolean kept) {
    Map<String, List<Happened>> turns = turns(loss);
    List<Figure> figures = new ArrayList<>();
    for (Period period : question.periods()) {
      figures.add(turns == null ? Figure.NONE : leaving(loss, kept, turns.values(), period));
    }
    return figures;
  }

  private Figure leaving(
      Measure.Loss loss, boolean kept, Iterable<List<Happened>> all, Period period) {
    long start = 0;
    long lost = 0;
    long lostOfStart = 0;
    for (List<Happened> turns : all) {
      boolean here = isHereBefore(turns, period.first());
      long losses =
          turns.stream()
              .filter(turn -> turn.turn() == Turn.LOST && holds(period, turn.day()))
              .count();
      start += here ? 1 : 0;
      lost += losses;
      lostOfStart += here && losses > 0 ? 1 : 0;
    }
    int told = loss.silent() == null ? open - 1 : open - 1 - loss.silent();
    if (start == 0 || period.last() > told) {
      return new Figure(null, start, null);
    }
    long some = kept ? start - lostOfStart : lost;
    return new Figure(
        (double) some / start,
        start,
        kept || lost == lostOfStart ? Interval.wilson(some, start) : null);
  }

  private static boolean holds(Period period, int day) {
    return period.first() <= day && day <= period.last();
  }

  private List<Figure> staying(Measure.Loss loss, Measure.Tell tell) {
    Map<String, List<Happened>> all = turns(loss);
    List<Figure> figures = new ArrayList<>();
    for (Period period : question.periods()) {
      ReferenceSurvival lasting = new ReferenceSurvival();
      int end = Math.min(period.last() + 1, open);
      for (List<Happened> turns : all == null ? List.<List<Happened>>of() : all.values()) {
        int begin = turns.getFirst().day();
        int lost = turns.size() > 1 ? turns.get(1).day() : NEVER;
        boolean ended = lost < end;
        boolean asked = tell.isOfFinished() ? ended && lost >= period.first() : begin < end;
        if (asked && begin >= begun + EXISTING) {
          lasting.add((ended ? lost : end) - begin, ended);
        }
      }
      figures.add(lasting.figure(tell, DAY_MICROS));
    }
    return figures;
  }

  /// The instant up to which everything is known: the end of the data, or of yesterday where nobody
  /// asks for today.
  static long until(World world, List<Period> periods, int today) {
    LocalDays days = new LocalDays(world.zone());
    long end =
        Records.kept(world.records(), null).stream()
            .filter(event -> event.type().isEvent())
            .mapToLong(event -> days.end(days.day(event.occurredAt())))
            .max()
            .orElse(Long.MIN_VALUE);
    return periods.getLast().last() < today ? Math.min(days.start(today), end) : end;
  }

  private List<Figure> awaiting(Select of, Expression answer, Measure.Tell tell) {
    long until = until(world, question.periods(), question.today());
    List<Event> seen =
        events()
            .filter(event -> known.customer(event) != null && event.occurredAt() < until)
            .filter(event -> ReferenceMetrics.isAsked(known, event, of.who()))
            .toList();
    List<Figure> figures = new ArrayList<>();
    for (Period period : question.periods()) {
      ReferenceSurvival lasting = new ReferenceSurvival();
      for (Event asked : seen) {
        if (!Evaluator.test(of.match().condition(), known.facts(asked))) {
          continue;
        }
        Event answered =
            seen.stream()
                .filter(event -> Objects.equals(known.customer(event), known.customer(asked)))
                .filter(event -> event.occurredAt() > asked.occurredAt())
                .filter(event -> Evaluator.test(answer.condition(), known.facts(event)))
                .min(Comparator.comparingLong(Event::occurredAt))
                .orElse(null);
        Event told = tell.isOfFinished() ? answered : asked;
        if (told != null && holds(period, day(told))) {
          lasting.add(
              (answered == null ? until : answered.occurredAt()) - asked.occurredAt(),
              answered != null);
        }
      }
      figures.add(lasting.figure(tell, 1));
    }
    return figures;
  }

  private List<Figure> reaching(Expression to, Measure.Tell tell) {
    long until = until(world, question.periods(), question.today());
    List<Figure> figures = new ArrayList<>();
    for (Period period : question.periods()) {
      ReferenceSurvival lasting = new ReferenceSurvival();
      for (String customer : customers()) {
        List<Event> seen =
            known
                .records()
                .filter(event -> event.type().isEvent() || event.type() == EventType.IDENTIFY)
                .filter(event -> customer.equals(known.customer(event)))
                .sorted(Comparator.comparingLong(Event::occurredAt))
                .toList();
        if (seen.isEmpty() || !known.identified(customer)) {
          continue;
        }
        long first = seen.getFirst().occurredAt();
        Event reached =
            seen.stream()
                .filter(event -> event.type().isEvent() && event.occurredAt() < until)
                .filter(event -> Evaluator.test(to.condition(), known.facts(event)))
                .findFirst()
                .orElse(null);
        if (first >= until
            || days.day(first) < begun + EXISTING
            || (reached == null && tell.isOfFinished())) {
          continue;
        }
        int told = reached != null && tell.isOfFinished() ? day(reached) : days.day(first);
        if (holds(period, told)) {
          lasting.add((reached == null ? until : reached.occurredAt()) - first, reached != null);
        }
      }
      figures.add(lasting.figure(tell, 1));
    }
    return figures;
  }

  private List<String> customers() {
    return known.records().map(known::customer).filter(Objects::nonNull).distinct().toList();
  }
}
