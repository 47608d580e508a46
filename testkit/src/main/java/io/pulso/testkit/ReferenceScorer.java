package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.expr.Evaluator;
import io.pulso.engine.json.Json;
import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The executable form of scoring.md: slow and obvious.
public final class ReferenceScorer {
  private static final BigInteger GREATEST_SCORE = BigInteger.TEN.pow(15);

  /// A day of one subject and activity.
  public record Cell(String subject, String activity, LocalDate day) implements Comparable<Cell> {
    private static final Comparator<Cell> ORDER =
        Comparator.comparing(Cell::subject, Records.BYTES)
            .thenComparing(Cell::activity, Records.BYTES)
            .thenComparing(Cell::day);

    @Override
    public int compareTo(Cell other) {
      return ORDER.compare(this, other);
    }
  }

  /// What one person did in one account (null in customer models) on one day.
  private record PersonDay(String person, @Nullable String account, LocalDate day) {}

  private final Knowledge known;
  private final Asked asked;
  private final Model model;
  private final Matching matching;

  private ReferenceScorer(World world, Asked asked, Matching matching) {
    this.known = new Knowledge(world, asked.knownAt());
    this.asked = asked;
    this.model = asked.model();
    this.matching = matching;
  }

  /// The score of every subject, by the bytes of its id.
  public static SortedMap<String, Scored> score(World world, Asked asked) {
    return score(world, asked, Evaluator::test);
  }

  static SortedMap<String, Scored> score(World world, Asked asked, Matching matching) {
    return new ReferenceScorer(world, asked, matching).score();
  }

  /// Milli-units before `per_day`: of customers uncut, of accounts cut by person, added up and
  /// divided. Days after the as-of day and days without units are left out.
  public static SortedMap<Cell, Long> units(World world, Asked asked) {
    ReferenceScorer scorer = new ReferenceScorer(world, asked, Evaluator::test);
    SortedMap<Cell, Long> cells = new TreeMap<>();
    for (Activity activity : scorer.model.activities()) {
      scorer
          .units(activity)
          .forEach((subject, days) ->
              days.forEach(
                  (day, units) -> cells.put(new Cell(subject, activity.name(), day), units)));
    }
    cells.values().removeIf(units -> units == 0);
    return cells;
  }

  private SortedMap<String, Scored> score() {
    Map<String, Map<Activity, BigInteger>> contributions = new TreeMap<>(Records.BYTES);
    List<String> subjects =
        subjects().distinct().filter(this::isAsked).filter(this::applies).toList();
    subjects.forEach(subject -> contributions.put(subject, new LinkedHashMap<>()));
    for (Activity activity : model.activities()) {
      Map<String, SortedMap<LocalDate, Long>> units = units(activity);
      contributions.forEach((subject, ofSubject) -> {
        SortedMap<LocalDate, Long> days = units.getOrDefault(subject, new TreeMap<>());
        ofSubject.put(activity, Arithmetic.contribution(model, activity, days, asked.asOf()));
      });
    }
    SortedMap<String, Scored> scores = new TreeMap<>(Records.BYTES);
    contributions.forEach((subject, ofSubject) -> scores.put(subject, scored(subject, ofSubject)));
    return scores;
  }

  private Scored scored(String subject, Map<Activity, BigInteger> contributions) {
    BigInteger score = Arithmetic.score(model, contributions);
    boolean inactive = inactive(subject);
    if (score.abs().compareTo(GREATEST_SCORE) > 0) {
      return new Scored(subject, null, Scored.UNAVAILABLE, inactive);
    }
    long exact = score.longValueExact();
    Band band =
        model.bands().stream().filter(each -> each.reaches(exact)).findFirst().orElseThrow();
    return new Scored(subject, exact, band.id(), inactive);
  }

  // Subjects

  private Stream<String> subjects() {
    Stream<Event> dated = known.records().filter(known.upTo(asked.asOf()));
    return switch (model.subject()) {
      case CUSTOMER ->
          dated
              .filter(event -> event.type().isEvent() || event.type() == EventType.IDENTIFY)
              .map(known::customer)
              .filter(Objects::nonNull);
      case ACCOUNT -> dated.map(this::accountSeenIn).filter(Objects::nonNull);
    };
  }

  private @Nullable String accountSeenIn(Event event) {
    boolean attributed = event.type().isEvent() && event.person() != null;
    return switch (event.type()) {
      case GROUP -> event.groupId();
      case TRACK, PAGE, SCREEN -> attributed ? known.account(event) : null;
      case IDENTIFY, ALIAS -> null;
    };
  }

  private boolean isAsked(String subject) {
    return model.subject() == Model.Subject.ACCOUNT || asked.all() || known.identified(subject);
  }

  private boolean applies(String subject) {
    return model.appliesTo() == null
        || matching.test(model.appliesTo().condition(), atTheEnd(subject));
  }

  /// The facts about a subject at the end of the as-of day.
  private Evaluator.Facts atTheEnd(String subject) {
    LocalDate day = asked.asOf();
    return switch (model.subject()) {
      case CUSTOMER -> known.facts(subject, known.account(subject, known.upTo(day)), day);
      case ACCOUNT -> known.facts(null, subject, day);
    };
  }

  private boolean inactive(String subject) {
    LocalDate first = asked.asOf().minusDays(model.window() - 1L);
    return active()
        .filter(event -> subject.equals(subject(event)))
        .map(known::day)
        .noneMatch(day -> !day.isBefore(first) && !day.isAfter(asked.asOf()));
  }

  private Stream<Event> active() {
    return known.events().filter(event -> !PassiveEvents.isPassive(event));
  }

  private @Nullable String subject(Event event) {
    return switch (model.subject()) {
      case CUSTOMER -> known.customer(event);
      case ACCOUNT -> known.account(event);
    };
  }

  // Units

  /// Milli-units by subject and day before `per_day`.
  private Map<String, SortedMap<LocalDate, Long>> units(Activity activity) {
    if (model.method() == Model.Method.FIT) {
      return fits(activity);
    }
    Map<PersonDay, Long> persons = new LinkedHashMap<>();
    matched(activity)
        .forEach((day, events) -> persons.put(day, Counting.units(activity.unit(), events)));
    Map<String, SortedMap<LocalDate, Long>> units = new TreeMap<>(Records.BYTES);
    persons.forEach((day, count) -> {
      String subject = day.account() == null ? day.person() : day.account();
      Long cap = day.account() == null ? null : activity.caps().perPerson();
      long cut = cap == null ? count : Math.min(count, cap);
      units
          .computeIfAbsent(subject, _ -> new TreeMap<>())
          .merge(day.day(), cut, (a, b) -> Math.min(a + b, Counting.MOST));
    });
    if (model.subject() == Model.Subject.ACCOUNT) {
      units.forEach(
          (account, days) -> days.replaceAll((day, sum) -> divided(activity, account, day, sum)));
    }
    return units;
  }

  /// The events an activity counts, by person and day.
  private Map<PersonDay, List<Event>> matched(Activity activity) {
    boolean ofAccounts = model.subject() == Model.Subject.ACCOUNT;
    return known
        .events()
        .filter(known.upTo(asked.asOf()))
        .filter(event -> !ofAccounts || known.account(event) != null)
        .filter(event -> matching.test(activity.match().condition(), known.facts(event)))
        .collect(
            Collectors.groupingBy(
                event ->
                    new PersonDay(
                        Objects.requireNonNull(known.customer(event)),
                        ofAccounts ? known.account(event) : null,
                        known.day(event)),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  /// One unit on the as-of day where the condition holds.
  private Map<String, SortedMap<LocalDate, Long>> fits(Activity activity) {
    Map<String, SortedMap<LocalDate, Long>> units = new TreeMap<>(Records.BYTES);
    subjects()
        .distinct()
        .filter(subject -> matching.test(activity.match().condition(), atTheEnd(subject)))
        .forEach(subject -> units.put(subject, new TreeMap<>(Map.of(asked.asOf(), Counting.ONE))));
    return units;
  }

  private long divided(Activity activity, String account, LocalDate day, long units) {
    return switch (activity.per()) {
      case ACCOUNT -> units;
      case SEAT -> perSeat(units, account, day);
      case ACTIVE_PERSON -> divided(units, Math.max(1, activePeople(account, day)) * Counting.ONE);
    };
  }

  private long perSeat(long units, String account, LocalDate day) {
    Json.Obj traits = known.accountTraits(account, known.upTo(day));
    Json seats = traits == null ? null : traits.get("seats");
    boolean usable = seats instanceof Json.Num(double number) && number >= 1;
    long milli = Counting.milli(seats);
    return usable && milli > 0 ? divided(units, milli) : 0;
  }

  private static long divided(long units, long milli) {
    BigInteger thousandfold = BigInteger.valueOf(units).multiply(BigInteger.valueOf(1000));
    return Arithmetic.divide(thousandfold, BigInteger.valueOf(milli)).longValueExact();
  }

  private long activePeople(String account, LocalDate day) {
    Collection<String> people =
        active()
            .filter(event -> known.day(event).equals(day))
            .filter(event -> account.equals(known.account(event)))
            .map(known::customer)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return people.size();
  }
}
