package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.expr.Evaluator;
import io.pulso.engine.journey.Attempt;
import io.pulso.engine.journey.Funnel;
import io.pulso.engine.journey.FunnelCounts;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import io.pulso.engine.time.LocalDays;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How far everybody gets in a funnel, slow and obvious.
public final class ReferenceFunnels {
  private final Knowledge known;
  private final FunnelQuestion question;
  private final Funnel funnel;

  /// Nothing is known after the last day with events.
  private final long now;

  private ReferenceFunnels(World world, FunnelQuestion question) {
    this.known = new Knowledge(world, null);
    this.question = question;
    this.funnel = question.funnel();
    LocalDays days = new LocalDays(world.zone());
    this.now =
        Math.min(
            question.now(),
            known
                .records()
                .filter(event -> event.type().isEvent())
                .mapToLong(Event::occurredAt)
                .max()
                .stream()
                .map(last -> days.end(days.day(last)))
                .findFirst()
                .orElse(question.now()));
  }

  /// What becomes of those who enter, by part.
  public static Map<@Nullable String, FunnelCounts> parts(World world, FunnelQuestion question) {
    ReferenceFunnels reference = new ReferenceFunnels(world, question);
    Map<@Nullable String, List<Attempt>> attempts = new HashMap<>();
    for (List<Seen> of : reference.byOwner().values()) {
      Attempt best = reference.best(of);
      if (best != null) {
        attempts.computeIfAbsent(best.part(), ignored -> new ArrayList<>()).add(best);
      }
    }
    Map<@Nullable String, FunnelCounts> parts = new HashMap<>();
    attempts.forEach((part, some) -> parts.put(part, reference.counts(some)));
    return parts;
  }

  /// An event with the steps that it can be; none for another active event.
  private record Seen(long at, TreeSet<Integer> steps, boolean inside, @Nullable String part) {
    int bits() {
      return steps.stream().mapToInt(step -> 1 << step).sum();
    }
  }

  private Map<String, List<Seen>> byOwner() {
    Map<String, List<Seen>> found = new HashMap<>();
    known
        .records()
        .filter(event -> event.type().isEvent() && event.occurredAt() < now)
        .forEach(event -> {
          String owner = owner(event);
          Seen seen = seen(event);
          boolean other = funnel.order() == Funnel.Order.STRICT && !PassiveEvents.isPassive(event);
          if (owner != null && isAsked(event) && (other || !seen.steps().isEmpty())) {
            found.computeIfAbsent(owner, ignored -> new ArrayList<>()).add(seen);
          }
        });
    Comparator<Seen> order =
        Comparator.comparingLong(Seen::at)
            .thenComparingInt(seen -> seen.steps().isEmpty() ? 99 : seen.steps().first())
            .thenComparingInt(Seen::bits)
            .thenComparing(Seen::part, Comparator.nullsLast(Comparator.naturalOrder()));
    found.values().forEach(some -> some.sort(order));
    return found;
  }

  private @Nullable String owner(Event event) {
    return funnel.per() == Model.Subject.CUSTOMER ? known.customer(event) : known.account(event);
  }

  private boolean isAsked(Event event) {
    String customer = known.customer(event);
    return funnel.who() == Select.Who.ANYBODY
        || (customer != null
            && known.identified(customer) == (funnel.who() == Select.Who.IDENTIFIED));
  }

  private Seen seen(Event event) {
    TreeSet<Integer> steps = new TreeSet<>();
    for (int step = 0; step < funnel.steps().size(); step++) {
      if (Evaluator.test(funnel.steps().get(step).match().condition(), known.facts(event))) {
        steps.add(step);
      }
    }
    int day = (int) known.day(event).toEpochDay();
    return new Seen(
        event.occurredAt(),
        steps,
        question.period().first() <= day && day <= question.period().last(),
        ReferenceMetrics.part(known, event, question.by()));
  }

  /// Of those that are closed the one that got furthest, else of those that are open.
  private @Nullable Attempt best(List<Seen> events) {
    Attempt best = null;
    for (int place = 0; place < events.size(); place++) {
      Seen first = events.get(place);
      boolean begins =
          funnel.order() == Funnel.Order.ANY ? !first.steps().isEmpty() : first.steps().contains(0);
      if (begins && first.inside()) {
        Attempt attempt = attempt(events, place);
        if (best == null
            || (attempt.closed() && !best.closed())
            || (attempt.closed() == best.closed() && attempt.reached() > best.reached())) {
          best = attempt;
        }
      }
    }
    return best;
  }

  private Attempt attempt(List<Seen> events, int place) {
    Seen first = events.get(place);
    List<Long> times = new ArrayList<>();
    Set<Integer> done = new HashSet<>();
    for (Seen seen : events.subList(place, events.size())) {
      if (seen.at() - first.at() > funnel.window()) {
        break;
      }
      if (funnel.order() == Funnel.Order.ANY) {
        seen.steps().stream().filter(done::add).forEach(step -> times.add(seen.at()));
      } else if (times.size() < funnel.steps().size()) {
        if (seen.steps().contains(times.size())) {
          times.add(seen.at());
        } else if (funnel.order() == Funnel.Order.STRICT) {
          break;
        }
      }
    }
    return new Attempt(
        times.stream().mapToLong(at -> at).toArray(),
        first.part(),
        first.at() + funnel.window() < now);
  }

  private FunnelCounts counts(List<Attempt> attempts) {
    int steps = funnel.steps().size();
    List<Long> reached = new ArrayList<>();
    List<FunnelCounts.Wait> waits = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      int least = step + 1;
      reached.add(
          attempts.stream()
              .filter(attempt -> attempt.closed() && attempt.reached() >= least)
              .count());
      if (step > 0) {
        waits.add(wait(attempts, step - 1, step));
      }
    }
    return new FunnelCounts(
        reached,
        waits,
        wait(attempts, 0, steps - 1),
        attempts.stream().filter(attempt -> !attempt.closed()).count());
  }

  private FunnelCounts.Wait wait(List<Attempt> attempts, int from, int to) {
    ReferenceSurvival lasting = new ReferenceSurvival();
    for (Attempt attempt : attempts) {
      if (attempt.reached() > to) {
        lasting.add(attempt.times()[to] - attempt.times()[from], true);
      } else if (attempt.reached() > from) {
        long end = Math.min(attempt.times()[0] + funnel.window(), now);
        lasting.add(end - attempt.times()[from], false);
      }
    }
    return new FunnelCounts.Wait(
        lasting.seconds(lasting.quantile(50)),
        lasting.seconds(lasting.quantile(90)),
        lasting.seconds(lasting.medianOfEnded()),
        lasting.ended());
  }
}
