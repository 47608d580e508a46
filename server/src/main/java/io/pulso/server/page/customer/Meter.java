package io.pulso.server.page.customer;

import io.pulso.engine.model.Band;
import java.util.List;

/// How far a bar that stands for a score goes: from nought to somewhat above the last band's bound.
final class Meter {
  private static final int MORE_PERCENT = 125;
  private static final long LEAST = 100_000;

  private Meter() {}

  static int percent(List<Band> bands, long score) {
    long last =
        bands.stream().map(Band::bound).filter(b -> b != null).mapToLong(b -> b).max().orElse(0);
    long top = Math.max(LEAST, last * MORE_PERCENT / 100);
    return Math.clamp(score * 100 / top, 0, 100);
  }
}
