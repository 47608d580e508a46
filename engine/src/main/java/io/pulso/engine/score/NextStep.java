package io.pulso.engine.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The least that one activity alone must add on the as-of day to lift a subject into the next
/// band, all else equal.
///
/// @param units additional milli-units; null where caps keep the activity from lifting it so far
/// @param usualWeekly milli-units that the subject has in a usual week
public record NextStep(String activity, @Nullable Long units, long usualWeekly) {
  /// Those that ask the smallest share of a usual week first, the capped ones last.
  private static final Comparator<NextStep> EASIEST_FIRST =
      Comparator.comparing(NextStep::isCapped).thenComparingDouble(NextStep::weeks);

  public boolean isCapped() {
    return units == null;
  }

  /// How many usual weeks the units are; infinite where the subject has none usually.
  public double weeks() {
    return units == null ? Double.POSITIVE_INFINITY : (double) units / usualWeekly;
  }

  /// The steps of all activities that can raise a score; none where the score is unavailable or in
  /// the last band.
  ///
  /// @param manual milli-points that people gave, in all
  /// @param usualWeekly usual milli-units a week by activity
  public static List<NextStep> of(
      Plan plan, SubjectUnits units, int asOf, long manual, long[] usualWeekly) {
    plan.check(units.byActivity());
    long[] contributions =
        IntStream.range(0, plan.activities())
            .mapToLong(i -> plan.terms.get(i).contribution(units.byActivity().get(i), asOf))
            .toArray();
    long score = Total.of(plan, contributions, manual).score();
    OptionalLong goal =
        score == Kernel.UNAVAILABLE ? OptionalLong.empty() : plan.bands().next(score);
    List<NextStep> steps = new ArrayList<>();
    for (int i = 0; i < plan.activities() && goal.isPresent(); i++) {
      if (plan.terms.get(i).points > 0) {
        Lift lift = new Lift(plan, contributions, i, units, asOf, manual);
        steps.add(new NextStep(plan.activity(i), lift.least(goal.getAsLong()), usualWeekly[i]));
      }
    }
    steps.sort(EASIEST_FIRST);
    return steps;
  }
}
