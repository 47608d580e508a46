package io.pulso.testkit;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The answer for one subject.
///
/// @param score milli-points, null when it is unavailable
/// @param band the id of the band, [#UNAVAILABLE] when there is no score
/// @param inactive no active event in the model's window
public record Scored(String subject, @Nullable Long score, String band, boolean inactive) {
  public static final String UNAVAILABLE = "unavailable";

  /// One line, as in `ann 33.500 very_disengaged` or `dan 0.000 very_disengaged inactive`.
  @Override
  public String toString() {
    String number = score == null ? "" : " " + BigDecimal.valueOf(score, 3).toPlainString();
    return subject + number + " " + band + (inactive ? " inactive" : "");
  }
}
