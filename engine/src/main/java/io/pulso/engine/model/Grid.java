package io.pulso.engine.model;

/// How well a subject fits against how engaged it is: `A1` to `C3`.
///
/// @param fit name of the model that gives the letter
/// @param engagement name of the model that gives the digit
/// @param low the first cut, in milli-points
/// @param high the second cut, in milli-points
public record Grid(String fit, String engagement, long low, long high) {

  /// The cell of two scores in milli-points.
  public String cell(long fitScore, long engagementScore) {
    return "ABC".substring(place(fitScore), place(fitScore) + 1) + (place(engagementScore) + 1);
  }

  private int place(long score) {
    if (score > high) {
      return 0;
    }
    return score > low ? 1 : 2;
  }
}
