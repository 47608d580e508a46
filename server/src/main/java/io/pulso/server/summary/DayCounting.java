package io.pulso.server.summary;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Distribution;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Manual;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.RollUp;
import io.pulso.server.score.InUse;
import io.pulso.server.store.DailyCounts;
import io.pulso.server.store.Members;
import io.pulso.server.store.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Scores everybody of the population on some days, one after another, and counts them.
final class DayCounting {
  private final View view;
  private final long revision;
  private final int threads;

  /// @param revision which [DailyCounts#begin] gave
  DayCounting(View view, long revision, int threads) {
    this.view = view;
    this.revision = revision;
    this.threads = threads;
  }

  /// Takes the scores of a day.
  interface Sink {
    /// Takes them.
    ///
    /// @param scores in milli-points by the subject's number, [Kernel#NONE] for those outside the
    ///   population
    void take(int day, long[] scores);
  }

  /// The counts of each day between two, both included, that one version scores.
  List<DailyCounts.Scores> count(InUse use, int from, int to, Sink sink) {
    Model model = use.model();
    Members members = view.members(model.subject());
    int span = members.span();
    ActiveDays active =
        new ActiveDays(
            view.activeDays(model.subject(), span, from - model.window() + 1, to),
            from - model.window());
    Plan plan = Plan.of(model);
    Manual manual = view.manual(model);
    BitSet objected = view.objected(model.subject());
    boolean fit = model.method() == Model.Method.FIT;
    List<RollUp> units =
        fit ? List.of() : view.units(model, span, from - plan.widestWindow() + 1, to);
    List<DailyCounts.Scores> found = new ArrayList<>();
    for (int day = from; day <= to; day++) {
      long[] scores =
          Kernel.scoreAll(
              plan, fit ? view.units(model, span, day, day) : units, day, manual, threads);
      keep(scores, members, day, objected, applies(model, day));
      active.to(day);
      found.add(counts(use, day, scores, active));
      sink.take(day, scores);
    }
    return found;
  }

  private @Nullable BitSet applies(Model model, int day) {
    Expression condition = model.appliesTo();
    return condition == null ? null : view.matching(model.subject(), condition.condition(), day);
  }

  /// Leaves the scores of the population of a day.
  static void keep(
      long[] scores, Members members, int day, BitSet objected, @Nullable BitSet applies) {
    for (int subject = 0; subject < scores.length; subject++) {
      if (members.firstDays()[subject] > day
          || !members.identified().get(subject)
          || objected.get(subject)
          || (applies != null && !applies.get(subject))) {
        scores[subject] = Kernel.NONE;
      }
    }
  }

  private DailyCounts.Scores counts(InUse use, int day, long[] scores, ActiveDays active) {
    Bands bands = Bands.of(use.model());
    int[] counts = new int[bands.size()];
    int unavailable = 0;
    int alive = 0;
    for (int subject = 0; subject < scores.length; subject++) {
      long score = scores[subject];
      if (Kernel.isScore(score)) {
        counts[bands.index(score)]++;
      } else if (score == Kernel.UNAVAILABLE) {
        unavailable++;
      }
      if (score != Kernel.NONE && active.since(subject, day - use.model().window() + 1)) {
        alive++;
      }
    }
    Distribution distribution = Distribution.of(scores);
    return new DailyCounts.Scores(
        day,
        use.version(),
        use.model().hash(),
        distribution.size(),
        unavailable,
        alive,
        new BigDecimal(distribution.total()),
        distribution.middle(),
        Arrays.stream(counts).boxed().toList(),
        revision);
  }

  static @Nullable Long orNull(OptionalLong number) {
    return number.isPresent() ? (Long) number.getAsLong() : null;
  }

  /// How many identified subjects were active on each day between two, both included.
  List<DailyCounts.Active> active(Model.Subject kind, int from, int to) {
    Members members = view.members(kind);
    ActiveDays active =
        new ActiveDays(
            view.activeDays(kind, members.span(), from - Active.MONTH + 1, to),
            from - Active.MONTH);
    List<DailyCounts.Active> found = new ArrayList<>();
    for (int day = from; day <= to; day++) {
      active.to(day);
      int onDay = 0;
      int inMonth = 0;
      for (int subject = 0; subject < members.span(); subject++) {
        if (members.identified().get(subject)) {
          onDay += active.since(subject, day) ? 1 : 0;
          inMonth += active.since(subject, day - Active.MONTH + 1) ? 1 : 0;
        }
      }
      found.add(new DailyCounts.Active(day, onDay, inMonth, revision));
    }
    return found;
  }
}
