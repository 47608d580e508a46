package io.pulso.server.page.overview;

import io.pulso.engine.model.Band;
import io.pulso.engine.model.Model;
import io.pulso.server.page.Visit;
import java.util.List;
import java.util.Set;

/// How a band is shown.
///
/// @param title in the reader's language
/// @param colour a name of the theme, or the author's own colour
/// @param style for an element that shows the band
/// @param about what it means and what to do, in the reader's language; may be empty
public record BandLook(String id, String title, String colour, String style, String about) {
  private static final Set<String> KNOWN =
      Set.of("churn_risk", "very_disengaged", "somewhat_engaged", "highly_engaged", "power_user");
  private static final int SHADES = 5;

  static List<BandLook> all(Visit visit, Model model) {
    return model.bands().stream().map(band -> of(visit, model.bands(), band)).toList();
  }

  static BandLook of(Visit visit, List<Band> bands, Band band) {
    String colour = colour(bands, band);
    String css = colour.startsWith("--") ? "var(" + colour + ")" : colour;
    String ink = colour.startsWith("--band-") ? "var(" + colour + "-ink)" : "var(--ink-2)";
    String meaning = visit.text(band.meaning(), "");
    String advice = visit.text(band.advice(), "");
    return new BandLook(
        band.id(),
        visit.text(band.title(), band.id()),
        colour,
        "--band:%s;--b:%1$s;--band-ink:%s".formatted(css, ink),
        (meaning + " " + advice).strip());
  }

  /// A name of the theme, or the author's own colour.
  public static String colour(List<Band> bands, Band band) {
    String own = band.color();
    if (own != null && own.matches("#[0-9a-fA-F]{3,8}|[a-z]{3,20}")) {
      return own;
    }
    if (KNOWN.contains(band.id())) {
      return "--band-" + band.id();
    }
    int last = Math.max(bands.size() - 1, 1);
    return "--scale-" + (1 + Math.round((float) (SHADES - 1) * bands.indexOf(band) / last));
  }
}
