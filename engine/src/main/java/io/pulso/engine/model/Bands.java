package io.pulso.engine.model;

/// The band that a score falls in.
public final class Bands {
  private Bands() {}

  /// @param score in milli-points
  public static Band of(Model model, long score) {
    for (Band band : model.bands()) {
      if (band.reaches(score)) {
        return band;
      }
    }
    throw new IllegalStateException("the last band is open");
  }
}
