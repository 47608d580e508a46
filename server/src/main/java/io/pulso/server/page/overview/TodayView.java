package io.pulso.server.page.overview;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the daily review shows.
///
/// @param number of what is shown: another one when it is no longer the newest
/// @param subtitle how many, of what, as of when
/// @param stale says that past days are being counted again; empty where they are not
/// @param mine everybody or one's own, where the reader owns some
/// @param compared the last two completed days; empty where they are not compared
/// @param fell how many fell into another band, in words
/// @param rose how many rose into another one, in words
/// @param limited says that lists are not of everybody; empty where they are
public record TodayView(
    long number,
    String subtitle,
    String stale,
    List<String> warnings,
    List<OverviewView.Choice> models,
    List<OverviewView.Choice> mine,
    List<Tile> tiles,
    String compared,
    String fell,
    String rose,
    List<MoverRow> down,
    List<MoverRow> up,
    String limited,
    List<OverviewView.Choice> ahead,
    String renewalsAbout,
    List<Renewal> renewals) {
  /// One that renews.
  ///
  /// @param id empty where it is the name
  /// @param in how soon, in words
  /// @param money a month; empty where it is not known
  /// @param score null where there is none
  /// @param weak whether it is not engaged
  public record Renewal(
      String name,
      String id,
      String to,
      String on,
      String in,
      String owner,
      String money,
      @Nullable String score,
      @Nullable BandLook band,
      boolean weak) {}
}
