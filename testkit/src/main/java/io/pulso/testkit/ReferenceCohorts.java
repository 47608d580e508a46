package io.pulso.testkit;

import io.pulso.engine.event.Event;
import io.pulso.engine.expr.Evaluator;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.journey.Lifecycle;
import io.pulso.engine.journey.Retention;
import io.pulso.engine.metric.Period;
import io.pulso.engine.metric.Select;
import io.pulso.engine.model.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who came back, and what everybody was in each period, slow and obvious.
public final class ReferenceCohorts {
  private final Knowledge known;
  private final CohortQuestion question;
  private final List<Period> periods;
  private final int begun;

  private ReferenceCohorts(World world, CohortQuestion question) {
    this.known = new Knowledge(world, null);
    this.question = question;
    Period period = question.period();
    this.periods = question.every().periods(period.first(), period.last(), question.weekStart());
    this.begun =
        known
            .records()
            .filter(event -> event.type().isEvent())
            .mapToInt(this::day)
            .min()
            .orElse(periods.getLast().last() + 1);
  }

  /// The first day of which not everything is known.
  private int open() {
    int last =
        known
            .records()
            .filter(event -> event.type().isEvent())
            .mapToInt(this::day)
            .max()
            .orElse(question.today());
    return Math.min(question.today(), last + 1);
  }

  private int day(Event event) {
    return (int) known.day(event).toEpochDay();
  }

  /// The cohorts.
  public static List<Retention.Cohort> cohorts(World world, CohortQuestion question) {
    return new ReferenceCohorts(world, question).cohorts();
  }

  /// The stages.
  public static List<Lifecycle.Stage> stages(World world, CohortQuestion question) {
    return new ReferenceCohorts(world, question).stages();
  }

  private @Nullable String owner(Event event) {
    if (question.per() == Model.Subject.ACCOUNT) {
      return known.account(event);
    }
    String customer = known.customer(event);
    boolean asked =
        customer != null
            && (question.who() == Select.Who.ANYBODY
                || known.identified(customer) == (question.who() == Select.Who.IDENTIFIED));
    return asked ? customer : null;
  }

  /// The days on which each did something.
  private Map<String, TreeSet<Integer>> days(@Nullable Expression match) {
    Stream<Event> events =
        match == null
            ? known.events().filter(event -> !PassiveEvents.isPassive(event))
            : known
                .records()
                .filter(event -> event.type().isEvent())
                .filter(event -> Evaluator.test(match.condition(), known.facts(event)));
    Map<String, TreeSet<Integer>> days = new HashMap<>();
    events
        .filter(event -> day(event) <= Math.min(periods.getLast().last(), question.today() - 1))
        .forEach(event -> {
          String owner = owner(event);
          if (owner != null) {
            days.computeIfAbsent(owner, ignored -> new TreeSet<>()).add(day(event));
          }
        });
    return days;
  }

  private List<Retention.Cohort> cohorts() {
    Map<String, TreeSet<Integer>> began = days(question.begin());
    Map<String, TreeSet<Integer>> back = days(question.back());
    List<Retention.Cohort> cohorts = new ArrayList<>();
    for (int own = 0; own < periods.size(); own++) {
      Period period = periods.get(own);
      List<String> members =
          began.entrySet().stream()
              .filter(each -> holds(period, each.getValue().first()))
              .map(Map.Entry::getKey)
              .toList();
      List<Retention.Cell> cells = new ArrayList<>();
      for (int then = own; then < periods.size(); then++) {
        Period at = periods.get(then);
        boolean last = then == periods.size() - 1;
        int end = question.rolling() ? periods.getLast().last() : at.last();
        long there =
            members.stream()
                .filter(member -> {
                  int first = began.getOrDefault(member, new TreeSet<>()).first();
                  return back.getOrDefault(member, new TreeSet<>()).stream()
                      .anyMatch(day -> day >= first && day >= at.first() && day <= end);
                })
                .count();
        cells.add(
            new Retention.Cell(
                question.rolling() && last ? null : (Long) there,
                members.size(),
                at.last() < open()));
      }
      cohorts.add(new Retention.Cohort(period, members.size(), period.first() < begun + 28, cells));
    }
    return cohorts;
  }

  private static boolean holds(Period period, int day) {
    return period.first() <= day && day <= period.last();
  }

  private static boolean holds(Period period, TreeSet<Integer> days) {
    return days.stream().anyMatch(day -> holds(period, day));
  }

  private List<Lifecycle.Stage> stages() {
    Map<String, TreeSet<Integer>> days = days(null);
    List<Lifecycle.Stage> stages = new ArrayList<>();
    for (Period period : periods) {
      int eve = period.first() - 1;
      Period before = question.every().periods(eve, eve, question.weekStart()).getFirst();
      long[] n = new long[4];
      for (TreeSet<Integer> of : days.values()) {
        boolean now = holds(period, of);
        boolean then = holds(before, of);
        boolean fresh = of.first() >= period.first();
        if (now) {
          n[fresh ? 0 : then ? 1 : 2]++;
        } else if (then) {
          n[3]++;
        }
      }
      stages.add(
          new Lifecycle.Stage(
              period, n[0], n[1], n[2], n[3], period.first() < begun + 28, period.last() < open()));
    }
    return stages;
  }
}
