package io.pulso.engine.score;

import java.util.Locale;

/// Why a part of a score, or of its change, is there.
public enum Cause {
  /// The contribution of an activity, on one day.
  ACTIVITY,
  /// Units that left the window.
  EXPIRED,
  /// Units that are worth less for being older.
  DECAYED,
  /// Units of the days after the first.
  NEW_ACTIVITY,
  /// Records that came, went or moved after the first score was known.
  CORRECTIONS,
  /// Another version of the model.
  MODEL,
  /// The range of a group of activities.
  GROUP_CAP,
  /// What everybody has.
  BASE,
  /// Points that people gave or took.
  MANUAL,
  /// The range of the score.
  CLAMP;

  /// The word for it in JSON.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
