package io.pulso.server.score;

import io.pulso.engine.model.Model;
import io.pulso.engine.score.Breakdown;
import io.pulso.engine.score.Cause;
import io.pulso.engine.score.Explanation;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Manual;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.SubjectUnits;
import io.pulso.engine.score.Uncounted;
import io.pulso.server.store.MatchedEvent;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Explains scores of one subject in one state of knowledge.
public final class Explaining {
  private final View view;

  public Explaining(View view) {
    this.view = view;
  }

  /// A subject's score on a day in milli-points, or [Kernel#UNAVAILABLE].
  public long score(InUse use, Individual who, int day) {
    return Kernel.score(
        Plan.of(use.model()),
        DayUnits.of(view, use.model(), who, day, day),
        day,
        view.manual(use.model()).milliPoints(who.number(), day));
  }

  /// The score that a subject would have on a day had nobody given or taken points.
  public long withoutManual(InUse use, Individual who, int day) {
    return Kernel.score(
        Plan.of(use.model()), DayUnits.of(view, use.model(), who, day, day), day, 0);
  }

  /// Why a subject has its score on a day.
  public ExplainedScore day(InUse use, Individual who, int day) {
    Model model = use.model();
    SubjectUnits units = DayUnits.of(view, model, who, day, day);
    long manual = view.manual(model).milliPoints(who.number(), day);
    Breakdown breakdown = Breakdown.of(Plan.of(model), units, day, manual);
    Evidences evidences = new Evidences(model, events(model, who.number(), day));
    Explanation explanation =
        Explanation.of(breakdown, (_, activity) -> evidences.lacks(activity, day));
    List<ExplainedScore.Line> lines = new ArrayList<>();
    for (Explanation.Line line : explanation.lines()) {
      lines.add(
          new ExplainedScore.Line(line, contribution(breakdown, line), evidences.upTo(line, day)));
    }
    return new ExplainedScore(
        who, null, use, null, day, null, explanation.scoreTo(), lines, explanation.culprit());
  }

  private static Breakdown.@Nullable Contribution contribution(
      Breakdown breakdown, Explanation.Line line) {
    return line.counts() == null
        ? null
        : breakdown.activities().stream()
            .filter(each -> each.activity().equals(line.name()))
            .findFirst()
            .orElse(null);
  }

  /// One of the two days whose scores are compared, with the version that scores it.
  public record Side(InUse use, int day) {}

  /// Why a subject's score changed between two days.
  ///
  /// @param known the state of knowledge in which the first score was seen; null for this one
  public ExplainedScore between(Individual who, Side from, Side to, @Nullable View known) {
    Model model = from.use().model();
    Plan plan = Plan.of(model);
    SubjectUnits units = DayUnits.of(view, model, who, from.day(), to.day());
    Past past = known == null ? null : past(known, who);
    SubjectUnits knownUnits =
        past == null ? units : past.who() == null ? DayUnits.none(model) : past.units(from);
    long manual =
        past == null ? view.manual(model).milliPoints(who.number(), from.day()) : past.manual(from);
    Model after = to.use().model();
    SubjectUnits later =
        after.equals(model) ? units : DayUnits.of(view, after, who, to.day(), to.day());
    Evidences newer =
        new Evidences(
            model,
            from.day() == to.day()
                ? List.of()
                : view.events(model, who.number(), from.day() + 1, to.day()));
    Evidences corrected = new Evidences(model, past == null ? List.of() : late(who, from, past));
    Explanation explanation =
        Explanation.between(
            new Explanation.Side(plan, units, from.day(), manual),
            knownUnits,
            new Explanation.Side(
                Plan.of(after),
                later,
                to.day(),
                view.manual(after).milliPoints(who.number(), to.day())),
            (cause, activity) ->
                cause == Cause.CORRECTIONS
                    ? corrected.lacks(activity, from.day())
                    : newer.lacks(activity, to.day()));
    return new ExplainedScore(
        who,
        from.use(),
        to.use(),
        from.day(),
        to.day(),
        explanation.scoreFrom(),
        explanation.scoreTo(),
        lines(explanation, newer, to.day(), corrected, from.day()),
        explanation.culprit());
  }

  /// Why the scores of some changed between two days under one version, without events. They have a
  /// score on both days.
  public List<Explanation> between(InUse use, int[] numbers, int from, int to) {
    Plan plan = Plan.of(use.model());
    Manual manual = view.manual(use.model());
    List<SubjectUnits> units = DayUnits.of(view, use.model(), numbers, from, to);
    List<Explanation> found = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      found.add(
          Explanation.between(
              new Explanation.Side(plan, units.get(i), from, manual.milliPoints(numbers[i], from)),
              new Explanation.Side(plan, units.get(i), to, manual.milliPoints(numbers[i], to))));
    }
    return found;
  }

  private static List<ExplainedScore.Line> lines(
      Explanation explanation, Evidences newer, int to, Evidences corrected, int from) {
    return explanation.lines().stream()
        .map(line ->
            new ExplainedScore.Line(
                line,
                null,
                switch (line.cause()) {
                  case NEW_ACTIVITY -> newer.upTo(line, to);
                  case CORRECTIONS -> corrected.upTo(line, from);
                  case ACTIVITY, EXPIRED, DECAYED, MODEL, GROUP_CAP, BASE, MANUAL, CLAMP ->
                      ExplainedScore.Evidence.NONE;
                }))
        .toList();
  }

  /// Events that count for the first day now and were not known then.
  private List<MatchedEvent> late(Individual who, Side from, Past past) {
    Model model = from.use().model();
    Set<Key> knownThen = new HashSet<>();
    Individual then = past.who();
    if (then != null) {
      new Explaining(past.view())
          .events(model, then.number(), from.day())
          .forEach(event -> knownThen.add(Key.of(event)));
    }
    return events(model, who.number(), from.day()).stream()
        .filter(event -> !knownThen.contains(Key.of(event)))
        .toList();
  }

  private record Key(int activity, long occurredAt, String messageId) {
    static Key of(MatchedEvent event) {
      return new Key(event.activity(), event.occurredAt(), event.messageId());
    }
  }

  private List<MatchedEvent> events(Model model, int number, int day) {
    return view.events(model, number, day - model.widestWindow() + 1, day);
  }

  /// What was known of a subject.
  ///
  /// @param who null where it was not known at all
  private record Past(View view, @Nullable Individual who) {
    SubjectUnits units(Side from) {
      Individual then = who;
      Model model = from.use().model();
      return then == null
          ? DayUnits.none(model)
          : DayUnits.of(view, model, then, from.day(), from.day());
    }

    long manual(Side from) {
      Individual then = who;
      return then == null
          ? 0
          : view.manual(from.use().model()).milliPoints(then.number(), from.day());
    }
  }

  private static Past past(View known, Individual who) {
    var number = known.subject(who.kind(), who.id());
    if (number.isEmpty()) {
      return new Past(known, null);
    }
    var first = known.firstDay(who.kind(), number.getAsInt());
    return new Past(
        known,
        first.isEmpty()
            ? null
            : new Individual(who.kind(), number.getAsInt(), who.id(), first.getAsInt()));
  }

  /// The events of one explanation, newest first, shared out among its lines.
  private record Evidences(Model model, List<MatchedEvent> events) {
    private static final int SHOWN = 20;

    /// Those of a line's activity that are in its window on a day.
    ExplainedScore.Evidence upTo(Explanation.Line line, int day) {
      if (line.counts() == null) {
        return ExplainedScore.Evidence.NONE;
      }
      List<MatchedEvent> found = of(line.name(), day);
      Map<Uncounted, Integer> uncounted = new EnumMap<>(Uncounted.class);
      for (MatchedEvent event : found) {
        if (event.uncounted() != null) {
          uncounted.merge(event.uncounted(), 1, Integer::sum);
        }
      }
      return new ExplainedScore.Evidence(
          found.stream().limit(SHOWN).map(MatchedEvent::messageId).toList(),
          found.size(),
          found.isEmpty() ? null : found.getFirst().day(),
          uncounted);
    }

    /// Some events of an activity that are in its window on a day do not count.
    boolean lacks(String activity, int day) {
      return of(activity, day).stream().anyMatch(event -> event.uncounted() != null);
    }

    private List<MatchedEvent> of(@Nullable String activity, int day) {
      int place = place(activity);
      int first = place < 0 ? 0 : day - model.activities().get(place).window() + 1;
      return events.stream()
          .filter(event -> event.activity() == place && event.day() >= first)
          .toList();
    }

    private int place(@Nullable String activity) {
      for (int i = 0; i < model.activities().size(); i++) {
        if (model.activities().get(i).name().equals(activity)) {
          return i;
        }
      }
      return -1;
    }
  }
}
