package io.pulso.engine.score;

import java.util.Arrays;

/// Scores blocks of subjects on one day, activity by activity. For one thread.
final class DayScorer {
  private final DayLanes day;
  private final int origin;
  private final long[] out;
  private final long limit;
  private final long[] totals = new long[Blocks.SIZE];
  private final long[][] groups;

  /// Subjects that only exact arithmetic can score.
  private final boolean[] extreme = new boolean[Blocks.SIZE];

  private final long[] sums = new long[Blocks.SIZE];
  private long[] running = new long[4 * Blocks.SIZE];

  /// @param origin the subject of `out[0]`
  DayScorer(DayLanes day, int origin, long[] out) {
    this.day = day;
    this.origin = origin;
    this.out = out;
    this.limit = DayLanes.limit(day.plan);
    this.groups = new long[day.plan.groups.size()][Blocks.SIZE];
  }

  void score(int first, int last) {
    for (int from = first; from < last; from += Blocks.SIZE) {
      block(from, Math.min(Blocks.SIZE, last - from));
    }
  }

  private void block(int first, int n) {
    Arrays.fill(totals, 0, n, day.plan.model().base());
    Arrays.fill(extreme, 0, n, day.plan.reach() >= limit);
    for (long[] group : groups) {
      Arrays.fill(group, 0, n, 0);
    }
    for (int i = 0; i < day.lanes.size(); i++) {
      lane(day.lanes.get(i), day.factors.get(i), first, n);
    }
    for (int group = 0; group < groups.length; group++) {
      addGroup(groups[group], day.plan.groups.get(group), n);
    }
    if (!day.manual.equals(Manual.NONE)) {
      addManual(first, n);
    }
    finish(first, n);
  }

  private void lane(Lane lane, int[] factors, int first, int n) {
    int from = lane.rollUp.from(first);
    int to = lane.rollUp.to(first + n - 1);
    if (from == to) {
      return;
    }
    if (running.length <= to - from) {
      running = new long[2 * (to - from)];
    }
    Sums.run(lane, factors, from, to, running);
    Sums.bySubject(lane.rollUp.starts, running, first, n, sums);
    long[] into = lane.term.group < 0 ? totals : groups[lane.term.group];
    if (lane.safe) {
      lane.contributions.add(sums, 0, n, into);
    } else {
      contributeCarefully(lane, first, n, into);
    }
  }

  private void contributeCarefully(Lane lane, int first, int n, long[] into) {
    for (int i = 0; i < n; i++) {
      boolean overflows = lane.overflows(lane.rollUp.from(first + i), lane.rollUp.to(first + i));
      if (overflows || !lane.bears(sums[i])) {
        extreme[i] = true;
      } else {
        into[i] += lane.contribution(sums[i]);
      }
    }
  }

  private void addGroup(long[] group, Plan.Bound bound, int n) {
    for (int i = 0; i < n; i++) {
      totals[i] += bound.cut(group[i]);
    }
  }

  private void addManual(int first, int n) {
    for (int i = 0; i < n; i++) {
      long manual = day.manual.milliPoints(first + i, day.asOf);
      extreme[i] |= manual >= limit || manual <= -limit;
      totals[i] += manual;
    }
  }

  private void finish(int first, int n) {
    Plan.Bound clamp = day.plan.clamp;
    int at = first - origin;
    for (int i = 0; i < n; i++) {
      long score = clamp.cut(totals[i]);
      boolean available = -Plan.GREATEST_SCORE <= score && score <= Plan.GREATEST_SCORE;
      out[at + i] = available ? score : Kernel.UNAVAILABLE;
    }
    for (int i = 0; i < n; i++) {
      if (extreme[i]) {
        out[at + i] = day.exact(first + i);
      }
    }
  }
}
