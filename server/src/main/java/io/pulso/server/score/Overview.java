package io.pulso.server.score;

import io.pulso.engine.model.Model;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Cause;
import io.pulso.engine.score.Distribution;
import io.pulso.engine.score.Explanation;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Manual;
import io.pulso.engine.score.Movers;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.score.SubjectUnits;
import io.pulso.server.store.Population;
import io.pulso.server.store.View;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Everybody's scores of a day at a glance: bands, spread, and who moved most since a week before.
///
/// @param bands how many are in each band of the model
/// @param objected how many have no score because they objected to it
/// @param since the day with which the movers are compared
/// @param up the greatest rises, the greatest first
/// @param down the greatest falls, the greatest first
@SuppressWarnings("ArrayRecordComponent") // counts by place
public record Overview(
    ScoreTable table,
    Distribution distribution,
    int[] bands,
    int objected,
    int since,
    List<Mover> up,
    List<Mover> down) {
  public static final int DAYS_BEFORE = 7;

  /// A subject whose score changed.
  ///
  /// @param reason the activity that changed it most in that direction; null where none did
  public record Mover(String id, int number, long before, long after, @Nullable Reason reason) {
    public long change() {
      return after - before;
    }
  }

  /// What an activity did to a change.
  ///
  /// @param points milli-points
  /// @param isNew whether most of it comes from events since then, and not from older ones that
  ///   fade or leave the window
  public record Reason(String activity, long points, boolean isNew) {
    /// The activity that did most in the direction of a change; null where none did.
    public static @Nullable Reason of(Explanation explanation, long change) {
      Map<String, Long> all = new TreeMap<>();
      Map<String, Long> recent = new TreeMap<>();
      for (Explanation.Line line : explanation.lines()) {
        if (line.name() != null && line.cause() != Cause.GROUP_CAP) {
          all.merge(line.name(), line.points(), Long::sum);
          if (line.cause() == Cause.NEW_ACTIVITY) {
            recent.merge(line.name(), line.points(), Long::sum);
          }
        }
      }
      int sign = Long.signum(change);
      return all.entrySet().stream()
          .filter(entry -> Long.signum(entry.getValue()) == sign)
          .max(Comparator.comparingLong(entry -> Math.abs(entry.getValue())))
          .map(entry ->
              new Reason(
                  entry.getKey(),
                  entry.getValue(),
                  sign * recent.getOrDefault(entry.getKey(), 0L) * 2 > Math.abs(entry.getValue())))
          .orElse(null);
    }
  }

  public int inactive() {
    int count = 0;
    for (boolean inactive : table.inactive()) {
      count += inactive ? 1 : 0;
    }
    return count;
  }

  public int ramping() {
    int count = 0;
    for (boolean ramping : table.ramping()) {
      count += ramping ? 1 : 0;
    }
    return count;
  }

  /// How many have a score that is too great to be one.
  public int unavailable() {
    return table.size() - distribution.size();
  }

  /// Looks at a day.
  ///
  /// @param all anonymous visitors too
  /// @param movers how many to name each way
  public static Overview of(View view, InUse use, int asOf, boolean all, int movers) {
    Model model = use.model();
    Population population = view.population(model.subject());
    int span = population.span();
    int since = asOf - DAYS_BEFORE;
    Week week = new Week(view, model, span, since, asOf);
    ScoreTable table = new Scoring(view).table(use, asOf, all, population, week.after());
    long[] after = only(week.after(), table.numbers());
    Scoring.Membership before = new Scoring.Membership(view, model, since, all);
    int[] rows = Scoring.rows(population, before);
    long[] earlier =
        only(week.before(), Arrays.stream(rows).map(row -> population.numbers()[row]).toArray());
    Movers moved = Movers.of(earlier, after, movers);
    Names names = new Names(view, model, week);
    return new Overview(
        table,
        Distribution.of(table.scores()),
        count(table),
        new Scoring.Membership(view, model, asOf, all).objected(population),
        since,
        moved.up().stream().map(names::mover).toList(),
        moved.down().stream().map(names::mover).toList());
  }

  /// The scores of these subjects, none of the others.
  private static long[] only(long[] scores, int[] numbers) {
    long[] kept = new long[scores.length];
    Arrays.fill(kept, Kernel.NONE);
    for (int number : numbers) {
      kept[number] = scores[number];
    }
    return kept;
  }

  private static int[] count(ScoreTable table) {
    Bands bands = Bands.of(table.use().model());
    int[] counts = new int[bands.size()];
    for (long score : table.scores()) {
      if (Kernel.isScore(score)) {
        counts[bands.index(score)]++;
      }
    }
    return counts;
  }

  /// The units of two days a week apart, and the scores they make.
  private static final class Week {
    private final Plan plan;
    private final Manual manual;
    private final int from;
    private final int to;
    private final List<RollUp> first;
    private final List<RollUp> last;

    Week(View view, Model model, int span, int from, int to) {
      this.plan = Plan.of(model);
      this.manual = view.manual(model);
      this.from = from;
      this.to = to;
      this.last = view.units(model, span, from - plan.widestWindow() + 1, to);
      // Traits of two days, or one reading of the events of both.
      this.first = model.method() == Model.Method.FIT ? view.units(model, span, from, from) : last;
    }

    long[] before() {
      return Kernel.scoreAll(plan, first, from, manual, Scoring.threads());
    }

    long[] after() {
      return Kernel.scoreAll(plan, last, to, manual, Scoring.threads());
    }

    Explanation explain(int subject) {
      return Explanation.between(side(first, subject, from), side(last, subject, to));
    }

    private Explanation.Side side(List<RollUp> units, int subject, int day) {
      SubjectUnits of = new SubjectUnits(units.stream().map(each -> each.of(subject)).toList());
      return new Explanation.Side(plan, of, day, manual.milliPoints(subject, day));
    }
  }

  private record Names(View view, Model model, Week week) {
    Mover mover(Movers.Mover moved) {
      return new Mover(
          view.id(model.subject(), moved.subject()),
          moved.subject(),
          moved.before(),
          moved.after(),
          reason(moved));
    }

    private @Nullable Reason reason(Movers.Mover moved) {
      return Reason.of(week.explain(moved.subject()), moved.change());
    }
  }
}
