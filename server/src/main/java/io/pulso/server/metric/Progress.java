package io.pulso.server.metric;

import io.pulso.engine.metric.Metric;
import io.pulso.engine.metric.Period;
import io.pulso.server.store.Goals;
import org.jspecify.annotations.Nullable;

/// How far a metric is on the way to its goal.
///
/// @param value what it is now; null where it has no value
/// @param share of the way from what it was to what it is to be, from 0 to 1
/// @param expected the share that an even pace would have reached by now
public record Progress(@Nullable Double value, double share, double expected, State state) {
  /// Where it stands.
  public enum State {
    REACHED,
    /// As far as an even pace, or farther.
    ON_PACE,
    BEHIND,
    /// Not reached in time.
    MISSED
  }

  /// The days of which the metric of a goal is asked: the last ones that are over, up to its end.
  ///
  /// @param today the day that is not over yet
  public static Period period(Goals.Row goal, int today) {
    int last = Math.min(today - 1, goal.lastDay());
    return new Period(last - goal.days() + 1, last);
  }

  /// How far a goal is.
  ///
  /// @param value of the metric in [#period]
  public static Progress of(
      Metric.Direction good, Goals.Row goal, @Nullable Double value, int today) {
    return of(good, goal.target(), goal.began(), value, goal.firstDay(), goal.lastDay(), today);
  }

  /// How far a value is.
  ///
  /// @param began what it was when the goal was set; null where it had no value
  /// @param today the day that is not over yet
  public static Progress of(
      Metric.Direction good,
      double target,
      @Nullable Double began,
      @Nullable Double value,
      int firstDay,
      int lastDay,
      int today) {
    double from = began == null ? 0 : began;
    boolean down =
        good == Metric.Direction.DOWN || (good == Metric.Direction.NEITHER && target < from);
    boolean reached = value != null && (down ? value <= target : value >= target);
    double way = target - from;
    double share =
        reached ? 1 : value == null || way == 0 ? 0 : Math.clamp((value - from) / way, 0, 1);
    int length = Math.max(1, lastDay - firstDay);
    double expected = Math.clamp((double) (today - firstDay) / length, 0, 1);
    State state =
        reached
            ? State.REACHED
            : today > lastDay ? State.MISSED : share >= expected ? State.ON_PACE : State.BEHIND;
    return new Progress(value, share, expected, state);
  }
}
