package io.pulso.engine.score;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The score of one subject on one day, taken apart. Contributions, group caps, base, manual and
/// clamp add up to the score.
///
/// @param groups what each group's range takes or gives
/// @param score milli-points, or [Kernel#UNAVAILABLE]
/// @param withoutManual the score had nobody given or taken points by hand
/// @param culprit the activity whose points make the score unavailable, else null
public record Breakdown(
    List<Contribution> activities,
    List<GroupCap> groups,
    long base,
    long manual,
    long clamp,
    long score,
    long withoutManual,
    @Nullable String culprit) {
  public Breakdown {
    activities = List.copyOf(activities);
    groups = List.copyOf(groups);
  }

  /// What one activity gives.
  ///
  /// @param pointsPerUnit milli-points; of weighted activities the weight by the target, rounded
  /// @param factor what a counted unit is still worth on average, in parts per million: counted
  ///   units × factor × points per unit is the contribution, but for rounding
  /// @param points milli-points
  public record Contribution(
      String activity, Counts counts, long pointsPerUnit, long factor, long points) {}

  /// What a group's range adds to (or, negative, takes from) the sum of its contributions.
  public record GroupCap(String group, long points) {}

  /// Takes a score apart.
  ///
  /// @param manual milli-points that people gave, in all
  public static Breakdown of(Plan plan, SubjectUnits units, int asOf, long manual) {
    plan.check(units.byActivity());
    List<Contribution> activities = new ArrayList<>();
    for (int i = 0; i < plan.activities(); i++) {
      activities.add(contribution(plan.terms.get(i), units.byActivity().get(i), asOf));
    }
    long[] points = activities.stream().mapToLong(Contribution::points).toArray();
    Total total = Total.of(plan, points, manual);
    return new Breakdown(
        activities,
        groups(plan, total),
        plan.model().base(),
        manual,
        total.clamp(),
        total.score(),
        Total.of(plan, points, 0).score(),
        total.isAvailable() ? null : Total.culprit(plan, points));
  }

  private static Contribution contribution(Term term, SubjectUnits.Days units, int asOf) {
    Decayed decayed = term.decayed(units, asOf);
    Counts counts = Counts.of(term, units, Integer.MIN_VALUE, asOf, asOf);
    long factor =
        counts.counted() == 0 ? DecayTable.FULL : term.counted(decayed).per(counts.counted());
    return new Contribution(
        term.name, counts, term.pointsPerUnit(), factor, term.contribution(decayed));
  }

  private static List<GroupCap> groups(Plan plan, Total total) {
    return IntStream.range(0, plan.groups.size())
        .mapToObj(i -> new GroupCap(plan.group(i), total.groupCaps().get(i)))
        .toList();
  }

  public boolean isAvailable() {
    return score != Kernel.UNAVAILABLE;
  }
}
