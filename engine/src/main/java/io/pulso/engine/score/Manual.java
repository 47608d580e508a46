package io.pulso.engine.score;

/// Points that people gave or took, by subject and day.
@FunctionalInterface
public interface Manual {
  /// Nobody gave or took any.
  Manual NONE = (_, _) -> 0;

  /// The sum in milli-points of the adjustments of a subject that hold on a day.
  long milliPoints(int subject, int day);
}
