package io.pulso.engine.model;

import io.pulso.engine.expr.Expression;
import org.jspecify.annotations.Nullable;

/// One rule of a model: which events count, and what one unit is worth.
///
/// @param points milli-points a unit; 0 in weighted models
/// @param weight milli-points of the full weight; 0 unless the model is weighted
/// @param target decayed milli-units that earn the full weight; 0 unless the model is weighted
/// @param goal milli-units per window a healthy customer reaches
/// @param group name of the group it belongs to
/// @param window its own window in days, else the model's
/// @param decay its own decay, else the model's
/// @param line where it stands in the file, from 1
public record Activity(
    String name,
    Texts title,
    Expression match,
    Unit unit,
    long points,
    long weight,
    long target,
    Caps caps,
    Expect expect,
    @Nullable Long goal,
    @Nullable String group,
    int window,
    Decay decay,
    Per per,
    int line) {

  /// The most milli-units that count; null does not cut.
  ///
  /// @param perPerson units a day of one person, in account models
  public record Caps(@Nullable Long perDay, @Nullable Long perWindow, @Nullable Long perPerson) {
    public static final Caps NONE = new Caps(null, null, null);
  }

  /// What the author believes about an activity.
  public enum Expect {
    GOOD,
    BAD,
    UNSTATED
  }

  /// What the day's units of an account are divided by.
  public enum Per {
    ACCOUNT,
    SEAT,
    ACTIVE_PERSON
  }
}
