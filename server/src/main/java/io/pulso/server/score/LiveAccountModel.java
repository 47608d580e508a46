package io.pulso.server.score;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.model.Activity;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Manual;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.RollUp;
import io.pulso.engine.score.SubjectUnits;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model of accounts on one day, and its scores in memory.
final class LiveAccountModel {
  final LiveColumn column;
  private final Model model;
  private final Plan plan;
  private final int day;

  /// The places of its activities among the live units; none when it looks at traits alone.
  private final int[] places;

  private Manual manual = Manual.NONE;
  private @Nullable BitSet applies;

  /// By activity, whom it matches, when the model looks at traits alone.
  private final List<BitSet> fitting = new ArrayList<>();

  LiveAccountModel(InUse use, int[] places, int day) {
    this.column = new LiveColumn(use);
    this.model = use.model();
    this.plan = Plan.of(model);
    this.places = places;
    this.day = day;
  }

  private boolean isFit() {
    return model.method() == Model.Method.FIT;
  }

  /// Looks up what conditions say of everybody, and the points that people gave.
  void judgeAll(View view) {
    manualAgain(view);
    Expression condition = model.appliesTo();
    applies = condition == null ? null : view.matching(model.subject(), condition.condition(), day);
    fitting.clear();
    if (isFit()) {
      for (Activity activity : model.activities()) {
        fitting.add(view.matching(model.subject(), activity.match().condition(), day));
      }
    }
  }

  /// Reads the points that people gave again.
  void manualAgain(View view) {
    manual = view.manual(model);
  }

  /// Looks up anew what conditions say of some accounts.
  void judge(View view, int[] accounts) {
    Expression condition = model.appliesTo();
    BitSet all = applies;
    if (condition != null && all != null) {
      judge(view, condition, accounts, all);
    }
    for (int i = 0; i < fitting.size(); i++) {
      judge(view, model.activities().get(i).match(), accounts, fitting.get(i));
    }
  }

  private void judge(View view, Expression condition, int[] accounts, BitSet all) {
    BitSet now = view.matching(model.subject(), condition.condition(), day, accounts);
    for (int account : accounts) {
      all.set(account, now.get(account));
    }
  }

  /// Scores one account anew, and gives the score before.
  long renew(View view, LiveAccountUnits units, LiveSeats seats, LivePeople people, int account) {
    BitSet some = applies;
    boolean scored = people.exists(account, day) && (some == null || some.get(account));
    return column.put(
        account,
        scored
            ? Kernel.score(
                plan, units(view, units, seats, account), day, manual.milliPoints(account, day))
            : Kernel.NONE);
  }

  private SubjectUnits units(View view, LiveAccountUnits units, LiveSeats seats, int account) {
    List<SubjectUnits.Days> found = new ArrayList<>();
    if (isFit()) {
      for (BitSet each : fitting) {
        found.add(
            each.get(account)
                ? new SubjectUnits.Days(new int[] {day}, new long[] {1000})
                : SubjectUnits.Days.NONE);
      }
      return new SubjectUnits(found);
    }
    if (units.isUnsure(account)) {
      return view.subjectUnits(model, account, day - plan.widestWindow() + 1, day);
    }
    for (int i = 0; i < places.length; i++) {
      found.add(days(units, seats, account, places[i], model.activities().get(i)));
    }
    return new SubjectUnits(found);
  }

  private static SubjectUnits.Days days(
      LiveAccountUnits units, LiveSeats seats, int account, int place, Activity activity) {
    Long cap = activity.caps().perPerson();
    Sums sums = new Sums();
    units.each(
        account,
        place,
        cap == null ? RollUp.MOST_A_DAY : cap,
        (day, milli) -> {
          long by =
              switch (activity.per()) {
                case ACCOUNT -> 1000;
                case SEAT -> seats.on(account, day);
                case ACTIVE_PERSON ->
                    1000L * Math.max(1, units.rows(account, LiveAccounts.ACTIVE, day, day));
              };
          // Half away from zero; nothing is negative here.
          sums.add(day, by < 1000 ? 0 : (milli * 1000 + by / 2) / by);
        });
    return sums.days();
  }

  private static final class Sums {
    private int[] days = new int[16];
    private long[] milli = new long[16];
    private int size;

    void add(int day, long units) {
      if (size == days.length) {
        days = Arrays.copyOf(days, 2 * size);
        milli = Arrays.copyOf(milli, 2 * size);
      }
      days[size] = day;
      milli[size++] = units;
    }

    SubjectUnits.Days days() {
      return new SubjectUnits.Days(Arrays.copyOf(days, size), Arrays.copyOf(milli, size));
    }
  }
}
