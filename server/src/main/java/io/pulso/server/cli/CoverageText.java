package io.pulso.server.cli;

import io.pulso.server.score.Coverage;
import java.util.Locale;

/// Says where sources that scores are made of have fallen silent.
final class CoverageText {
  private CoverageText() {}

  /// Says nothing where all of them still send.
  static void print(Console console, Coverage coverage) {
    Long share = coverage.share();
    if (share != null && coverage.isLow()) {
      console.line("");
      console.line(
          String.format(
              Locale.ROOT,
              "Coverage %.1f %%: the rest of the matched events of the last %d days came from sources",
              share / 10.0,
              Coverage.DAYS));
      console.line(
          "that are silent now: %s. A silent source is not a silent customer."
              .formatted(Shown.text(String.join(", ", coverage.silent()))));
    }
  }
}
