package io.pulso.engine.score;

import java.util.List;

/// Scores of many subjects at once, in integers.
public final class Kernel {
  /// Stands for the score of a subject whose score is too great to be one.
  public static final long UNAVAILABLE = Long.MIN_VALUE;

  /// Stands for the score of a subject that has none: the model does not apply to it, or it does
  /// not exist yet. The kernel does not write it; callers do.
  public static final long NONE = Long.MIN_VALUE + 1;

  private Kernel() {}

  /// Whether a number is a score and not the lack of one.
  public static boolean isScore(long score) {
    return score >= -Plan.GREATEST_SCORE;
  }

  /// Fills `out` with scores in milli-points: `out[s - first]` is that of subject `s`, for `first`
  /// ≤ `s` < `last`.
  ///
  /// @param units those of the plan's activities, in its order
  public static void score(
      Plan plan, List<RollUp> units, int asOf, Manual manual, int first, int last, long[] out) {
    new DayScorer(new DayLanes(plan, units, asOf, manual), first, out).score(first, last);
  }

  /// The score of one subject in milli-points, in arithmetic that cannot overflow.
  ///
  /// @param manual milli-points that people gave, in all
  public static long score(Plan plan, SubjectUnits units, int asOf, long manual) {
    plan.check(units.byActivity());
    long[] contributions = new long[plan.activities()];
    for (int i = 0; i < contributions.length; i++) {
      contributions[i] = plan.terms.get(i).contribution(units.byActivity().get(i), asOf);
    }
    return Total.of(plan, contributions, manual).score();
  }

  /// The scores of all subjects, worked out by that many threads.
  public static long[] scoreAll(
      Plan plan, List<RollUp> units, int asOf, Manual manual, int threads) {
    DayLanes lanes = new DayLanes(plan, units, asOf, manual);
    long[] out = new long[units.isEmpty() ? 0 : units.getFirst().subjects()];
    Blocks.each(out.length, threads, () -> new DayScorer(lanes, 0, out)::score);
    return out;
  }

  /// Hands over the scores of each day from `from` to `to`, both included, of the subjects of a
  /// list, worked out by that many threads.
  public static void history(
      Plan plan,
      List<RollUp> units,
      int from,
      int to,
      Manual manual,
      int[] subjects,
      int threads,
      History sink) {
    Blocks.each(
        subjects.length,
        threads,
        () -> {
          HistoryScorer scorer = new HistoryScorer(plan, units, from, to, manual);
          return (first, last) -> {
            for (int place = first; place < last; place++) {
              sink.scores(place, scorer.scores(subjects[place]));
            }
          };
        });
  }

  /// Takes the scores of a subject day by day, by several threads at once.
  @FunctionalInterface
  public interface History {
    /// Takes those of one subject.
    ///
    /// @param place that of the subject in the list
    /// @param scores milli-points by day; used again for another subject
    void scores(int place, long[] scores);
  }
}
