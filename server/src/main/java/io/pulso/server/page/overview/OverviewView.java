package io.pulso.server.page.overview;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the overview shows.
///
/// @param number of what is shown: another one when it is no longer the newest
/// @param subtitle how many, of what, as of when
/// @param stale says that past days are being counted again; empty where they are not
/// @param warnings about sources that are silent
/// @param models all models, where there are several
/// @param bands the bands with how many are in each
/// @param compared the days between which scores moved; empty where none were compared
public record OverviewView(
    long number,
    String subtitle,
    String stale,
    List<String> warnings,
    List<Choice> models,
    List<Tile> tiles,
    Figure distribution,
    String distributionAbout,
    String bandsAbout,
    Figure over,
    List<BandRow> bands,
    String bandsHead,
    String compared,
    String limited,
    List<MoverRow> up,
    List<MoverRow> down,
    String movers) {
  /// One of several to choose from.
  public record Choice(String title, String to, boolean chosen) {}

  /// A band with how many are in it.
  ///
  /// @param change since the beginning of the period; null where that is not known
  /// @param to where they are listed; null for nowhere
  public record BandRow(
      BandLook look,
      String count,
      String share,
      int width,
      @Nullable String change,
      @Nullable String to) {}
}
