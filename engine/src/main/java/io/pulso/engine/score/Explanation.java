package io.pulso.engine.score;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Why a score is what it is, or why it changed between two days, in lines that add up to it
/// exactly. Lines of no points are left out, but for activities that counted nothing of what they
/// saw.
///
/// @param scoreFrom milli-points; null when one day is explained, or there is no such score
/// @param scoreTo milli-points; null when it is unavailable
/// @param lines none when a score is unavailable
/// @param culprit the activity that makes a score unavailable, else null
public record Explanation(
    @Nullable Long scoreFrom, @Nullable Long scoreTo, List<Line> lines, @Nullable String culprit) {
  public Explanation {
    lines = List.copyOf(lines);
  }

  /// A part of a score or of its change.
  ///
  /// @param name the activity; of [Cause#GROUP_CAP] the group; null for the score as a whole
  /// @param points milli-points
  /// @param counts the units behind [Cause#ACTIVITY], [Cause#NEW_ACTIVITY] and [Cause#CORRECTIONS]
  ///   (there the change, so they may be negative), else null
  public record Line(Cause cause, @Nullable String name, long points, @Nullable Counts counts) {}

  /// What is true of one day.
  ///
  /// @param plan the version in force
  /// @param units in that version's activities, also those dated after the day
  /// @param manual milli-points that people gave, in all
  public record Side(Plan plan, SubjectUnits units, int day, long manual) {
    public Side {
      plan.check(units.byActivity());
    }

    Breakdown breakdown() {
      return Breakdown.of(plan, units, day, manual);
    }
  }

  /// Explains the score of one day.
  public static Explanation of(Side side) {
    return of(side.breakdown());
  }

  public static Explanation of(Breakdown breakdown) {
    return of(breakdown, (_, _) -> false);
  }

  /// As [#of(Breakdown)].
  ///
  /// @param kept lines of activities that stay even where nothing was counted
  public static Explanation of(Breakdown breakdown, BiPredicate<Cause, String> kept) {
    if (!breakdown.isAvailable()) {
      return new Explanation(null, null, List.of(), breakdown.culprit());
    }
    Lines lines = new Lines(kept);
    breakdown
        .activities()
        .forEach(each -> lines.add(Cause.ACTIVITY, each.activity(), each.points(), each.counts()));
    breakdown.groups().forEach(each -> lines.add(Cause.GROUP_CAP, each.group(), each.points()));
    lines.add(Cause.BASE, null, breakdown.base());
    lines.add(Cause.MANUAL, null, breakdown.manual());
    lines.add(Cause.CLAMP, null, breakdown.clamp());
    return new Explanation(null, breakdown.score(), lines.list(), null);
  }

  /// Explains the change between two days, both known as they are now.
  public static Explanation between(Side from, Side to) {
    return between(from, from.units(), to);
  }

  /// Explains the change from a score as it was once known.
  ///
  /// @param from what is true of the first day now, but with the manual points known then
  /// @param knownFrom the units of the first day as they were known
  public static Explanation between(Side from, SubjectUnits knownFrom, Side to) {
    return between(from, knownFrom, to, (_, _) -> false);
  }

  /// As [#between(Side, SubjectUnits, Side)].
  ///
  /// @param kept lines of activities that stay even where nothing was counted
  public static Explanation between(
      Side from, SubjectUnits knownFrom, Side to, BiPredicate<Cause, String> kept) {
    Breakdown first = new Side(from.plan(), knownFrom, from.day(), from.manual()).breakdown();
    Breakdown last = to.breakdown();
    Long scoreFrom = first.isAvailable() ? first.score() : null;
    Long scoreTo = last.isAvailable() ? last.score() : null;
    if (scoreFrom == null || scoreTo == null) {
      String culprit = first.culprit() == null ? last.culprit() : first.culprit();
      return new Explanation(scoreFrom, scoreTo, List.of(), culprit);
    }
    Lines lines = new Lines(kept);
    new Changes(from, knownFrom, to, lines).add();
    lines.addGroups(first, last);
    lines.add(Cause.MANUAL, null, last.manual() - first.manual());
    lines.add(Cause.CLAMP, null, last.clamp() - first.clamp());
    return new Explanation(scoreFrom, scoreTo, lines.list(), null);
  }

  /// Lines as they are found.
  static final class Lines {
    private final BiPredicate<Cause, String> kept;
    private final List<Line> found = new ArrayList<>();

    private Lines(BiPredicate<Cause, String> kept) {
      this.kept = kept;
    }

    void add(Cause cause, @Nullable String name, long points) {
      if (points != 0) {
        found.add(new Line(cause, name, points, null));
      }
    }

    void add(Cause cause, String name, long points, Counts counts) {
      if (points != 0 || !counts.equals(Counts.NONE) || kept.test(cause, name)) {
        found.add(new Line(cause, name, points, counts));
      }
    }

    /// Differences of group caps; a group that one side does not have cuts nothing there.
    private void addGroups(Breakdown first, Breakdown last) {
      for (Breakdown.GroupCap group : last.groups()) {
        add(Cause.GROUP_CAP, group.group(), group.points() - cap(first, group.group()));
      }
      for (Breakdown.GroupCap group : first.groups()) {
        if (last.groups().stream().noneMatch(each -> each.group().equals(group.group()))) {
          add(Cause.GROUP_CAP, group.group(), -group.points());
        }
      }
    }

    private static long cap(Breakdown breakdown, String group) {
      return breakdown.groups().stream()
          .filter(each -> each.group().equals(group))
          .mapToLong(Breakdown.GroupCap::points)
          .sum();
    }

    private List<Line> list() {
      return found;
    }
  }
}
