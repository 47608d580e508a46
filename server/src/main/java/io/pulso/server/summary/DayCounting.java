package io.pulso.server.summary;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.metric.SubjectDays;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Distribution;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Manual;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.RollUp;
import io.pulso.server.score.InUse;
import io.pulso.server.score.Responses;
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
    SubjectDays active = view.activeDays(model.subject(), span, from - model.window() + 1, to);
    Plan plan = Plan.of(model);
    Manual manual = view.manual(model);
    BitSet objected = view.objected(model.subject());
    boolean fit = model.method() == Model.Method.FIT;
    List<RollUp> units =
        fit ? List.of() : view.units(model, span, from - plan.widestWindow() + 1, to);
    Responses responses =
        model.subject() == Model.Subject.CUSTOMER ? Responses.read(view, from, to) : null;
    List<DailyCounts.Scores> found = new ArrayList<>();
    for (int day = from; day <= to; day++) {
      long[] scores =
          Kernel.scoreAll(
              plan, fit ? view.units(model, span, day, day) : units, day, manual, threads);
      keep(scores, members, day, objected, applies(model, day));
      found.add(counts(use, day, scores, active, responses));
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

  private DailyCounts.Scores counts(
      InUse use, int day, long[] scores, SubjectDays active, @Nullable Responses responses) {
    Bands bands = Bands.of(use.model());
    int[] counts = new int[bands.size()];
    BitSet engaged = use.model().engagedBands();
    int unavailable = 0;
    int alive = 0;
    long responsive = 0;
    for (int subject = 0; subject < scores.length; subject++) {
      long score = scores[subject];
      if (Kernel.isScore(score)) {
        int band = bands.index(score);
        counts[band]++;
        boolean answers = responses != null && responses.isAnswered(subject, day);
        responsive += answers && !engaged.get(band) ? 1 : 0;
      } else if (score == Kernel.UNAVAILABLE) {
        unavailable++;
      }
      if (score != Kernel.NONE && active.isWithin(subject, day - use.model().window() + 1, day)) {
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
        responses == null ? null : (Long) responsive,
        revision);
  }

  static @Nullable Long orNull(OptionalLong number) {
    return number.isPresent() ? (Long) number.getAsLong() : null;
  }

  /// How many identified subjects were active on each day between two, both included.
  List<DailyCounts.Active> active(Model.Subject kind, int from, int to) {
    Members members = view.members(kind);
    SubjectDays active = view.activeDays(kind, members.span(), from - Active.MONTH + 1, to);
    List<DailyCounts.Active> found = new ArrayList<>();
    int[] onDay = active.trailing(members.identified()::get, from, to, 1);
    int[] inMonth = active.trailing(members.identified()::get, from, to, Active.MONTH);
    for (int day = from; day <= to; day++) {
      found.add(new DailyCounts.Active(day, onDay[day - from], inMonth[day - from], revision));
    }
    return found;
  }
}
