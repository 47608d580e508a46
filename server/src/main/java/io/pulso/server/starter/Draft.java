package io.pulso.server.starter;

import io.pulso.engine.expr.Cel;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.ExpressionException;
import io.pulso.engine.model.Activity;
import io.pulso.engine.model.BandSets;
import io.pulso.engine.model.Decay;
import io.pulso.engine.model.Model;
import io.pulso.engine.model.Texts;
import io.pulso.engine.model.Unit;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Manual;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.RollUp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// The model in the making: rules with points over the units of a sample.
final class Draft {
  static final Decay DECAY = new Decay.HalfLife(14);
  static final Model.Range CLAMP = new Model.Range(-100_000L, 200_000L);

  private final List<Measured> measured;
  private final List<Expression> conditions;
  private final List<RollUp> units;
  private final BitSet active;
  private final int asOf;

  Draft(List<Measured> measured, BitSet active, int asOf) {
    this.measured = List.copyOf(measured);
    this.units = measured.stream().map(Measured::units).toList();
    this.conditions = measured.stream().map(each -> condition(each.candidate().match())).toList();
    this.active = active;
    this.asOf = asOf;
  }

  private static Expression condition(String match) {
    try {
      return Cel.read(match, Cel.Scope.EVENT);
    } catch (ExpressionException e) {
      throw new IllegalStateException("a proposed condition is wrong: " + match, e);
    }
  }

  List<Measured> measured() {
    return measured;
  }

  /// How many are active.
  int active() {
    return active.cardinality();
  }

  /// How the scores of active customers are spread under some points.
  ///
  /// @param worth of each rule, in order
  Proposal.Spread spread(List<Worth> worth) {
    long[] scores = scores(worth);
    long[] sorted = active.stream().mapToLong(who -> scores[who]).toArray();
    Arrays.sort(sorted);
    Bands bands = Bands.of(BandSets.points());
    Integer[] counts = new Integer[bands.size()];
    Arrays.fill(counts, 0);
    for (long score : sorted) {
      counts[bands.index(score)]++;
    }
    int n = sorted.length;
    return n == 0
        ? new Proposal.Spread(0, 0, List.of(counts))
        : new Proposal.Spread(
            sorted[(n - 1) / 2], sorted[n - Math.max(1, n / 10)], List.of(counts));
  }

  /// What one of a rule is worth, and the most decayed milli-units that count.
  record Worth(long points, long perWindow) {}

  /// Scores of everybody in the sample, in milli-points.
  long[] scores(List<Worth> worth) {
    List<Activity> activities = new ArrayList<>();
    List<RollUp> used = new ArrayList<>();
    for (int i = 0; i < measured.size(); i++) {
      if (worth.get(i).points() != 0) {
        activities.add(activity(i, worth.get(i)));
        used.add(units.get(i));
      }
    }
    if (activities.isEmpty()) {
      return new long[active.length()];
    }
    return Kernel.scoreAll(Plan.of(model(activities)), used, asOf, Manual.NONE, 1);
  }

  private Activity activity(int i, Worth worth) {
    Measured each = measured.get(i);
    return new Activity(
        each.candidate().name(),
        Texts.NONE,
        conditions.get(i),
        new Unit.Occurrences(),
        worth.points(),
        0,
        0,
        new Activity.Caps(each.perDay() * 1000L, worth.perWindow(), null),
        Activity.Expect.UNSTATED,
        null,
        null,
        Starter.WINDOW,
        DECAY,
        Activity.Per.ACCOUNT,
        1);
  }

  private static Model model(List<Activity> activities) {
    return new Model(
        "draft",
        Texts.NONE,
        Model.Subject.CUSTOMER,
        null,
        0,
        Model.Method.POINTS,
        Starter.WINDOW,
        DECAY,
        0,
        CLAMP,
        List.of(),
        activities,
        BandSets.points(),
        "points",
        List.of(),
        "");
  }
}
