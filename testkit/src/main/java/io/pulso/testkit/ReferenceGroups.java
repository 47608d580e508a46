package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Evaluator;
import io.pulso.engine.json.Json;
import io.pulso.engine.metric.Cell;
import io.pulso.engine.metric.Every;
import io.pulso.engine.metric.Figure;
import io.pulso.engine.metric.Formula;
import io.pulso.engine.metric.Frequencies;
import io.pulso.engine.metric.Measure;
import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Place;
import io.pulso.engine.metric.Select;
import io.pulso.engine.metric.Stat;
import io.pulso.engine.model.Band;
import io.pulso.engine.model.Texts;
import io.pulso.engine.segment.Segment;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a measure comes to in each band or segment, slow and obvious: once for each of them, of its
/// members alone.
public final class ReferenceGroups {
  private static final long DAY = 86_400_000_000L;
  private static final Set<String> CONTACTS =
      Set.of(
          "Email Delivered",
          "SMS Delivered",
          "Push Delivered",
          "Push Notification Received",
          "Survey Sent");

  private final World world;
  private final Knowledge known;
  private final GroupQuestion question;
  private final LocalDate day;
  private final SortedMap<String, Scored> scores;

  private ReferenceGroups(World world, GroupQuestion question) {
    this.world = world;
    this.known = new Knowledge(world, null);
    this.question = question;
    this.day = LocalDate.ofEpochDay(question.day());
    this.scores = ReferenceScorer.score(world, new Asked(question.model(), day, null, false));
  }

  /// A metric of that measure alone.
  public static Metric metric(Measure measure) {
    return new Metric(
        "random",
        Texts.NONE,
        Texts.NONE,
        Metric.Kind.NUMBER,
        Metric.Direction.NEITHER,
        measure,
        null,
        null);
  }

  /// The figures of those bands or segments that have any.
  public static SortedMap<String, Figure> parts(World world, GroupQuestion question) {
    ReferenceGroups reference = new ReferenceGroups(world, question);
    SortedMap<String, Figure> parts = new TreeMap<>();
    reference
        .groups()
        .forEach((name, members) -> {
          Figure figure =
              Formula.figure(
                  metric(question.measure()), measure -> reference.cell(measure, members));
          if (figure.n() > 0) {
            parts.put(name, figure);
          }
        });
    return parts;
  }

  /// What a measure comes to among everybody.
  public static Figure whole(World world, GroupQuestion question) {
    ReferenceGroups reference = new ReferenceGroups(world, question);
    return Formula.figure(metric(question.measure()), measure -> reference.cell(measure, null));
  }

  private SortedMap<String, Set<String>> groups() {
    SortedMap<String, Set<String>> groups = new TreeMap<>();
    scores.forEach((customer, scored) -> {
      if (question.segments().isEmpty()) {
        if (scored.score() != null) {
          groups.computeIfAbsent(scored.band(), band -> new TreeSet<>()).add(customer);
        }
      }
      for (Segment segment : question.segments()) {
        if (isMember(segment, customer, scored)) {
          groups.computeIfAbsent(segment.name(), name -> new TreeSet<>()).add(customer);
        }
      }
    });
    return groups;
  }

  /// Rules that ask for scores are of the three forms that [RandomGroups] writes.
  private boolean isMember(Segment segment, String customer, Scored scored) {
    String rule = ((Segment.Rule) segment.members()).when().text();
    String[] words = rule.split(" ", 4);
    return switch (words[0]) {
      case "score" -> {
        Long score = scored.score();
        long bound = Long.parseLong(words[2].strip()) * 1_000;
        boolean holds = score != null && (words[1].equals(">") ? score > bound : score <= bound);
        yield holds || (words.length > 3 && holds(words[3].substring(3), customer));
      }
      case "band" -> scored.score() != null && words[2].equals("\"" + scored.band() + "\"");
      default -> holds(rule, customer);
    };
  }

  private boolean holds(String rule, String customer) {
    return Evaluator.test(
        Cel.read(rule, Cel.Scope.SUBJECT).condition(),
        known.facts(customer, known.account(customer, known.upTo(day)), day));
  }

  private Cell cell(Measure measure, @Nullable Set<String> among) {
    List<Period> periods = List.of(question.period());
    Place place = new Place(question.period().first(), null);
    return switch (measure) {
      case Measure.Leaf leaf ->
          ReferenceMetrics.count(world, new MetricQuestion(leaf, Every.WHOLE, periods, null), among)
              .getOrDefault(place, Cell.NONE);
      case Measure.Chain chain ->
          ReferenceChains.count(
                  world,
                  new ChainQuestion(chain, Every.WHOLE, periods, null, question.today()),
                  among)
              .getOrDefault(place, Cell.NONE);
      case Measure.Active(int days, Select.Who who) -> {
        int last = question.period().last();
        yield Cell.count(
            ReferenceMetrics.active(world, who, new Period(last - days + 1, last), among));
      }
      case Measure.Standing(Stat stat) -> standing(stat, among);
      default -> throw new IllegalArgumentException("not asked: " + measure);
    };
  }

  private Cell standing(Stat stat, @Nullable Set<String> among) {
    if (question.period().first() > question.today()) {
      return Cell.NONE;
    }
    TreeMap<Long, Long> often = new TreeMap<>();
    long[] counts = new long[3];
    scores.forEach((customer, scored) -> {
      Long score = scored.score();
      if (score != null && (among == null || among.contains(customer))) {
        often.merge(score, 1L, Long::sum);
        boolean engaged =
            question.model().bands().stream()
                .filter(band -> band.id().equals(scored.band()))
                .anyMatch(Band::engaged);
        counts[engaged ? 0 : isResponsive(customer) ? 1 : 2]++;
      }
    });
    long all = counts[0] + counts[1] + counts[2];
    return switch (stat) {
      case SCORE_MEAN -> Cell.of(Frequencies.of(often));
      case SCORE_MEDIAN -> Cell.sum(all, middle(often));
      case SCORE_CUSTOMERS -> Cell.count(all);
      case SCORE_ENGAGED -> Cell.sum(all, BigDecimal.valueOf(counts[0]));
      case INDEX_ENGAGED -> Cell.sum(all, index(counts, 0));
      case INDEX_RESPONSIVE -> Cell.sum(all, index(counts, 1));
      case INDEX_DISENGAGED -> Cell.sum(all, index(counts, 2));
      default -> throw new IllegalArgumentException(stat.word());
    };
  }

  /// The sum of the two scores in the middle, or twice the one.
  private static BigDecimal middle(SortedMap<Long, Long> often) {
    List<Long> scores = new ArrayList<>();
    often.forEach((score, n) -> scores.addAll(Collections.nCopies(Math.toIntExact(n), score)));
    if (scores.isEmpty()) {
      return BigDecimal.ZERO;
    }
    long low = scores.get((scores.size() - 1) / 2);
    return BigDecimal.valueOf(low + scores.get(scores.size() / 2), 3);
  }

  /// Tenths of a percent: each rounded down, and what is missing given to the greatest remainders.
  private static BigDecimal index(long[] counts, int which) {
    long all = counts[0] + counts[1] + counts[2];
    if (all == 0) {
      return BigDecimal.ZERO;
    }
    long missing = 1000 - IntStream.range(0, 3).mapToLong(i -> counts[i] * 1000 / all).sum();
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
    order.sort(Comparator.comparingLong(i -> -(counts[i] * 1000 % all)));
    return BigDecimal.valueOf(
        counts[which] * 1000 / all + (order.indexOf(which) < missing ? 1 : 0));
  }

  /// Whether one did something actively within seven days after a contact whose seven days are
  /// over, of the last thirty days.
  private boolean isResponsive(String customer) {
    List<Event> events =
        known.events().filter(event -> customer.equals(known.customer(event))).toList();
    return events.stream()
        .filter(ReferenceGroups::isContact)
        .filter(contact -> !known.day(contact).isBefore(day.minusDays(29)))
        .filter(contact -> !known.day(contact).isAfter(day.minusDays(7)))
        .anyMatch(contact ->
            events.stream()
                .filter(event -> !PassiveEvents.isPassive(event))
                .mapToLong(event -> event.occurredAt() - contact.occurredAt())
                .anyMatch(wait -> wait > 0 && wait <= 7 * DAY));
  }

  private static boolean isContact(Event event) {
    Json agent = event.properties().get("agent");
    return CONTACTS.contains(Objects.requireNonNullElse(event.event(), ""))
        || ("Ticket Replied".equals(event.event())
            && agent != null
            && !(agent instanceof Json.Null));
  }
}
