package io.pulso.engine.model;

import org.jspecify.annotations.Nullable;

/// A named range of scores.
///
/// @param bound its upper bound in milli-points; null for the last band
/// @param including whether the bound itself belongs to the band (`to`) or not (`below`)
/// @param color a CSS colour, null for the theme's
/// @param engaged whether its subjects count as engaged
public record Band(
    String id,
    @Nullable Long bound,
    boolean including,
    Texts title,
    Texts meaning,
    Texts advice,
    @Nullable String color,
    boolean engaged) {

  /// Whether a score in milli-points is not above this band.
  public boolean reaches(long score) {
    return bound == null || score < bound || (including && score == bound);
  }
}
