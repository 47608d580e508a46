package io.pulso.engine.score;

import java.util.ArrayList;
import java.util.List;

/// A plan over everybody's units on one as-of day, shared by all threads.
final class DayLanes {
  final Plan plan;
  final Manual manual;
  final int asOf;
  final List<RollUp> units;
  final List<Lane> lanes = new ArrayList<>();

  /// The factors by stored day of each lane; empty where no stored day counts.
  final List<int[]> factors = new ArrayList<>();

  DayLanes(Plan plan, List<RollUp> units, int asOf, Manual manual) {
    plan.check(units);
    this.plan = plan;
    this.manual = manual;
    this.asOf = asOf;
    this.units = List.copyOf(units);
    long limit = limit(plan);
    for (int i = 0; i < units.size(); i++) {
      Lane lane = new Lane(plan.terms.get(i), units.get(i), limit);
      lanes.add(lane);
      factors.add(lane.factorsByDay(asOf));
    }
  }

  /// The greatest number of which a total of all activities, base, manual and bounds can be made
  /// without overflow.
  static long limit(Plan plan) {
    return Long.MAX_VALUE / 4 / (plan.activities() + 2);
  }

  /// The score of a subject in arithmetic that cannot overflow.
  long exact(int subject) {
    long[] contributions = new long[lanes.size()];
    for (int i = 0; i < contributions.length; i++) {
      contributions[i] = plan.terms.get(i).contribution(units.get(i).of(subject), asOf);
    }
    return Total.of(plan, contributions, manual.milliPoints(subject, asOf)).score();
  }
}
