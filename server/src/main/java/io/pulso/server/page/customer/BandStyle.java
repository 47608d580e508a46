package io.pulso.server.page.customer;

import io.pulso.engine.model.Band;
import java.util.List;

/// The colours of bands, as custom properties of CSS: those of the author, else those of the theme,
/// from the lowest band to the highest.
public final class BandStyle {
  private static final int SHADES = 5;

  private BandStyle() {}

  /// What stands in the `style` of an element that shows a band.
  public static String of(List<Band> bands, Band band) {
    return "--band:%s;--b:%1$s;--band-ink:var(--band-%s-ink,var(--ink-2))"
        .formatted(colour(bands, band), band.id());
  }

  /// One CSS colour.
  public static String colour(List<Band> bands, Band band) {
    int last = Math.max(bands.size() - 1, 1);
    int shade = 1 + Math.round((float) (SHADES - 1) * bands.indexOf(band) / last);
    String own = band.color();
    return own != null && own.matches("#[0-9a-fA-F]{3,8}|[a-z]{3,20}")
        ? own
        : "var(--band-%s,var(--scale-%d))".formatted(band.id(), shade);
  }
}
