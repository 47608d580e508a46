package io.pulso.server.score;

import io.pulso.engine.expr.ConditionNames;
import io.pulso.engine.expr.Expression;
import io.pulso.engine.expr.Path;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Manual;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.RollUp;
import io.pulso.server.store.LiveChange;
import io.pulso.server.store.View;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model of customers on one day, and its scores in memory.
final class LiveModel {
  final LiveColumn column;
  private final Plan plan;

  /// The places of its activities among the live units.
  private final int[] order;

  private Manual manual = Manual.NONE;
  private @Nullable BitSet applies;

  LiveModel(InUse use, int[] order) {
    this.column = new LiveColumn(use);
    this.plan = Plan.of(use.model());
    this.order = order;
  }

  /// Scores everybody.
  ///
  /// @param read what `units` were made of, by place
  void scoreAll(View view, List<RollUp> read, LiveUnits units, LivePeople people, int day) {
    Model model = column.use.model();
    manual = view.manual(model);
    Expression condition = model.appliesTo();
    applies =
        condition == null
            ? null
            : view.matching(Model.Subject.CUSTOMER, condition.condition(), day);
    long[] made =
        order.length == 0
            ? new long[people.span()]
            : Kernel.scoreAll(
                plan,
                Arrays.stream(order).mapToObj(read::get).toList(),
                day,
                manual,
                Scoring.threads());
    for (int subject = 0; subject < made.length; subject++) {
      if (!isScored(people, subject, day)) {
        made[subject] = Kernel.NONE;
      } else if (units.isUnsure(subject)) {
        made[subject] = score(view, units, subject, day);
      }
    }
    column.fill(made);
  }

  /// Looks up anew what conditions say of those whom a batch touched.
  ///
  /// @return those of whom they say something else now, because of their account
  BitSet judge(View view, LiveChange change, int day) {
    Model model = column.use.model();
    Expression condition = model.appliesTo();
    if (change.states()) {
      manual = view.manual(model);
    }
    BitSet all = applies;
    BitSet others = new BitSet();
    if (condition == null || all == null) {
      return others;
    }
    if (change.states() && ConditionNames.reads(condition.condition(), Path.Root.ACCOUNT)) {
      BitSet now = view.matching(Model.Subject.CUSTOMER, condition.condition(), day);
      others.or(all);
      others.xor(now);
      applies = now;
    } else {
      BitSet now =
          view.matching(Model.Subject.CUSTOMER, condition.condition(), day, change.subjects());
      for (int subject : change.subjects()) {
        all.set(subject, now.get(subject));
      }
    }
    return others;
  }

  /// Reads the points that people gave again.
  void manualAgain(View view) {
    manual = view.manual(column.use.model());
  }

  /// Scores one subject anew, and gives the score before.
  long renew(View view, LiveUnits units, LivePeople people, int subject, int day) {
    return column.put(
        subject, isScored(people, subject, day) ? score(view, units, subject, day) : Kernel.NONE);
  }

  private boolean isScored(LivePeople people, int subject, int day) {
    BitSet some = applies;
    return people.exists(subject, day) && (some == null || some.get(subject));
  }

  private long score(View view, LiveUnits units, int subject, int day) {
    return Kernel.score(
        plan,
        units.isUnsure(subject)
            ? view.subjectUnits(column.use.model(), subject, day - plan.widestWindow() + 1, day)
            : units.of(subject, order),
        day,
        manual.milliPoints(subject, day));
  }
}
