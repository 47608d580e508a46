package io.pulso.server.page.metric;

import io.pulso.server.page.overview.Figure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ways through sessions, as they are shown.
///
/// @param flow null where no session goes such a way
/// @param flowSub says from where it is followed
/// @param csv the tables as files
/// @param limited whether nothing is shown to who sees some accounts only
public record PathView(
    Form form,
    @Nullable Figure flow,
    String flowSub,
    String waysSub,
    List<WayRow> ways,
    List<PageRow> pages,
    Csv csv,
    boolean limited) {
  /// What was asked.
  public record Form(String start, String end, int length, String who) {}

  /// A way.
  ///
  /// @param who where those are who took it
  /// @param percent of the most frequent one, for the eye
  public record WayRow(
      List<String> steps, String who, String sessions, String share, int percent) {}

  /// A page.
  ///
  /// @param from where the ways from it are shown
  /// @param entered where those are who came in by it; empty where nobody did
  /// @param left where those are who left by it; empty where nobody did
  public record PageRow(
      String page,
      String from,
      String views,
      String entries,
      String entered,
      String exits,
      String left,
      String rate) {}

  /// Where files are.
  public record Csv(String ways, String pages) {}
}
