package io.pulso.server.score;

import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.engine.score.Breakdown;
import io.pulso.engine.score.NextStep;
import io.pulso.engine.score.Plan;
import io.pulso.engine.score.SubjectUnits;
import io.pulso.server.store.View;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What would lift a subject into the next band.
public final class NextSteps {
  private static final int USUAL_DAYS = 56;
  private static final int WEEK = 7;

  private final View view;

  public NextSteps(View view) {
    this.view = view;
  }

  /// The ways up from a score.
  ///
  /// @param score milli-points; null where it is unavailable
  /// @param next the band above; null where there is none
  /// @param missing milli-points up to the next band; 0 where there is none
  /// @param steps those that ask the smallest share of a usual week first
  public record Ways(
      InUse use,
      Individual who,
      int asOf,
      @Nullable Long score,
      @Nullable Band band,
      @Nullable Band next,
      long missing,
      List<NextStep> steps) {
    public Ways {
      steps = List.copyOf(steps);
    }
  }

  public Ways of(InUse use, Individual who, int asOf) {
    Model model = use.model();
    Plan plan = Plan.of(model);
    SubjectUnits units = DayUnits.of(view, model, who, asOf, asOf);
    long manual = view.manual(model).milliPoints(who.number(), asOf);
    Breakdown now = Breakdown.of(plan, units, asOf, manual);
    if (!now.isAvailable()) {
      return new Ways(use, who, asOf, null, null, null, 0, List.of());
    }
    long score = now.score();
    OptionalLong goal = plan.bands().next(score);
    return new Ways(
        use,
        who,
        asOf,
        score,
        plan.bands().band(score),
        goal.isPresent() ? plan.bands().band(goal.getAsLong()) : null,
        goal.isPresent() ? goal.getAsLong() - score : 0,
        NextStep.of(plan, units, asOf, manual, usual(model, who, asOf)));
  }

  /// The mean units a week over the last eight weeks, or since the subject exists if that is less.
  private long[] usual(Model model, Individual who, int asOf) {
    if (model.method() == Model.Method.FIT) {
      return new long[model.activities().size()];
    }
    int days = Math.clamp(asOf - who.firstDay() + 1L, WEEK, USUAL_DAYS);
    SubjectUnits units = view.subjectUnits(model, who.number(), asOf - days + 1, asOf);
    return units.byActivity().stream()
        .mapToLong(each -> weekly(java.util.stream.LongStream.of(each.units()).sum(), days))
        .toArray();
  }

  private static long weekly(long units, int days) {
    return (units * WEEK * 2 + days) / (2L * days);
  }
}
