package io.pulso.server.score;

import io.pulso.engine.expr.Expression;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Kernel;
import io.pulso.engine.score.Manual;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.RollUp;
import io.pulso.server.store.Members;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everybody identified on each of some days, under the version of the model that is in force on
/// it. Who exists, and units, are read once for all days.
public final class Crowds {
  private final View view;
  private final Model.Subject kind;
  private final Members members;
  private final BitSet objected;
  private final List<Stretch> stretches = new ArrayList<>();

  /// Finds the versions of the model that scores a kind of subject.
  @FunctionalInterface
  public interface InForce {
    /// One period for each version in force between two days, both included; none where no model
    /// scores them.
    List<Histories.Period> over(Model.Subject kind, int first, int last);

    /// The version of a day; null where no model scores them.
    default @Nullable InUse on(Model.Subject kind, int day) {
      List<Histories.Period> periods = over(kind, day, day);
      return periods.isEmpty() ? null : periods.getLast().use();
    }
  }

  /// Days, both included, that one version scores.
  private static final class Stretch {
    private final @Nullable InUse use;
    private final int first;
    private final int last;
    private @Nullable List<RollUp> units;
    private @Nullable Manual manual;

    Stretch(@Nullable InUse use, int first, int last) {
      this.use = use;
      this.first = first;
      this.last = last;
    }
  }

  /// Of the days between two, both included.
  public Crowds(View view, Model.Subject kind, InForce models, int first, int last) {
    this.view = view;
    this.kind = kind;
    this.members = view.members(kind);
    this.objected = view.objected(kind);
    models
        .over(kind, first, last)
        .forEach(each -> stretches.add(new Stretch(each.use(), each.first(), each.last())));
    if (stretches.isEmpty()) {
      stretches.add(new Stretch(null, first, last));
    }
  }

  /// Those of one of the days.
  public Crowd on(int day) {
    Stretch stretch = stretch(day);
    InUse use = stretch.use;
    return new DayCrowd(
        kind,
        day,
        use,
        members,
        use == null ? null : applies(use.model(), day),
        () -> scores(stretch, day),
        () ->
            use == null
                ? new BitSet()
                : view.active(use.model(), day - use.model().window() + 1, day));
  }

  /// The version that scores a day; null where no model does.
  public @Nullable InUse use(int day) {
    return stretch(day).use;
  }

  /// One more than the greatest number.
  public int span() {
    return members.span();
  }

  private @Nullable BitSet applies(Model model, int day) {
    Expression condition = model.appliesTo();
    return condition == null ? null : view.matching(kind, condition.condition(), day);
  }

  private Stretch stretch(int day) {
    return stretches.stream()
        .filter(each -> each.first <= day && day <= each.last)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("day " + day));
  }

  private long[] scores(Stretch stretch, int day) {
    InUse use = stretch.use;
    if (use == null) {
      return new long[0];
    }
    Model model = use.model();
    Plan plan = Plan.of(model);
    Manual manual = stretch.manual;
    if (manual == null) {
      manual = view.manual(model);
      stretch.manual = manual;
    }
    long[] scores =
        Kernel.scoreAll(plan, units(stretch, plan, model, day), day, manual, Scoring.threads());
    long[] found = Arrays.copyOf(scores, scores.length);
    objected.stream()
        .filter(number -> number < found.length)
        .forEach(number -> found[number] = Kernel.NONE);
    return found;
  }

  private List<RollUp> units(Stretch stretch, Plan plan, Model model, int day) {
    if (model.method() == Model.Method.FIT) {
      return view.units(model, members.span(), day, day);
    }
    List<RollUp> units = stretch.units;
    if (units == null) {
      units =
          view.units(model, members.span(), stretch.first - plan.widestWindow() + 1, stretch.last);
      stretch.units = units;
    }
    return units;
  }
}
