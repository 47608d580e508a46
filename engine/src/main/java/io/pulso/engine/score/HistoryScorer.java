package io.pulso.engine.score;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Scores one subject on each of many days. For one thread.
///
/// A row's units are spread over the days that see them. Undecayed ones come into a sum on one day
/// and leave it on another, so only those two days are touched; decayed ones are added to each day
/// with that day's factor.
final class HistoryScorer {
  private final Plan plan;
  private final List<RollUp> units;
  private final Manual manual;
  private final int from;
  private final int days;
  private final long limit;
  private final Lane[] lanes;
  private final long[][] factors;
  private final long[] sums;
  private final long[] totals;
  private final long[][] groups;

  /// Changes from day to day of `totals` and of each group.
  private final long[] steps;

  private final long[][] groupSteps;

  HistoryScorer(Plan plan, List<RollUp> units, int from, int to, Manual manual) {
    plan.check(units);
    this.plan = plan;
    this.units = units;
    this.manual = manual;
    this.from = from;
    this.days = Math.addExact(Math.subtractExact(to, from), 1);
    this.limit = DayLanes.limit(plan);
    this.lanes =
        IntStream.range(0, units.size())
            .mapToObj(i -> new Lane(plan.terms.get(i), units.get(i), limit))
            .toArray(Lane[]::new);
    this.factors = Arrays.stream(lanes).map(HistoryScorer::factors).toArray(long[][]::new);
    this.sums = new long[days];
    this.totals = new long[days];
    this.steps = new long[days];
    this.groups = new long[plan.groups.size()][days];
    this.groupSteps = new long[plan.groups.size()][days];
  }

  private static long[] factors(Lane lane) {
    return IntStream.range(0, lane.term.window).mapToLong(lane::factor).toArray();
  }

  /// Milli-points by day; the array is used again for the next subject.
  long[] scores(int subject) {
    clear();
    boolean exact = plan.reach() >= limit;
    for (int i = 0; i < lanes.length && !exact; i++) {
      exact = !add(lanes[i], factors[i], subject);
    }
    for (int day = 0; day < days && !exact; day++) {
      long adjustment = manual.milliPoints(subject, from + day);
      exact = adjustment >= limit || adjustment <= -limit;
      totals[day] += adjustment;
    }
    if (exact) {
      Arrays.setAll(totals, day -> exact(subject, from + day));
    } else {
      finish();
    }
    return totals;
  }

  private void clear() {
    Arrays.fill(totals, plan.model().base());
    Arrays.fill(steps, 0);
    for (int group = 0; group < groups.length; group++) {
      Arrays.fill(groups[group], 0);
      Arrays.fill(groupSteps[group], 0);
    }
  }

  private long exact(int subject, int day) {
    return new DayLanes(plan, units, day, manual).exact(subject);
  }

  /// Adds what an activity contributes on each day; false where that may overflow.
  private boolean add(Lane lane, long[] factors, int subject) {
    int first = lane.rollUp.from(subject);
    int last = lane.rollUp.to(subject);
    if (first == last) {
      return true;
    }
    if (!lane.safe && lane.overflows(first, last)) {
      return false;
    }
    int group = lane.term.group;
    boolean linear = lane.safe && lane.divisor == 1 && lane.most == Long.MAX_VALUE;
    if (linear && !lane.term.weighted) {
      addSteps(lane, first, last, lane.term.points, group < 0 ? steps : groupSteps[group]);
      return true;
    }
    int begin = Math.clamp(comes(lane, first), 0, days);
    int end = Math.clamp(comes(lane, last - 1) + lane.term.window, begin, days);
    Arrays.fill(sums, begin, end, 0);
    if (lane.term.decays) {
      spread(lane, factors, first, last);
    } else {
      slide(lane, first, last, begin, end);
    }
    return contribute(lane, begin, end, group < 0 ? totals : groups[group]);
  }

  /// The place of the day of a row; also before the first day and after the last.
  private long comes(Lane lane, int row) {
    return (long) lane.rollUp.day(row) - from;
  }

  /// Adds each row's units, times `worth`, to the day they come and takes them from the day they
  /// leave.
  private void addSteps(Lane lane, int first, int last, long worth, long[] into) {
    for (int row = first; row < last; row++) {
      long comes = comes(lane, row);
      long leaves = comes + lane.term.window;
      if (comes < days && leaves > 0) {
        long step = lane.cut(row) * worth;
        into[(int) Math.max(comes, 0)] += step;
        if (leaves < days) {
          into[(int) leaves] -= step;
        }
      }
    }
  }

  private void slide(Lane lane, int first, int last, int begin, int end) {
    addSteps(lane, first, last, 1, sums);
    for (int day = begin + 1; day < end; day++) {
      sums[day] += sums[day - 1];
    }
  }

  private void spread(Lane lane, long[] factors, int first, int last) {
    for (int row = first; row < last; row++) {
      long comes = comes(lane, row);
      int to = Math.clamp(comes + factors.length, 0, days);
      if (comes < to) {
        spread(lane.cut(row), factors, (int) comes, to, sums);
      }
    }
  }

  private static void spread(long units, long[] factors, int comes, int to, long[] sums) {
    for (int day = Math.max(comes, 0); day < to; day++) {
      sums[day] += units * factors[day - comes];
    }
  }

  private boolean contribute(Lane lane, int begin, int end, long[] into) {
    if (lane.safe) {
      lane.contributions.add(sums, begin, end, into);
      return true;
    }
    for (int day = begin; day < end; day++) {
      if (!lane.bears(sums[day])) {
        return false;
      }
      into[day] += lane.contribution(sums[day]);
    }
    return true;
  }

  private void finish() {
    for (int group = 0; group < groups.length; group++) {
      addSteps(groupSteps[group], groups[group]);
      for (int day = 0; day < days; day++) {
        totals[day] += plan.groups.get(group).cut(groups[group][day]);
      }
    }
    addSteps(steps, totals);
    for (int day = 0; day < days; day++) {
      long score = plan.clamp.cut(totals[day]);
      boolean available = -Plan.GREATEST_SCORE <= score && score <= Plan.GREATEST_SCORE;
      totals[day] = available ? score : Kernel.UNAVAILABLE;
    }
  }

  private void addSteps(long[] steps, long[] into) {
    long level = 0;
    for (int day = 0; day < days; day++) {
      level += steps[day];
      into[day] += level;
    }
  }
}
