package io.pulso.server.page.journey;

import io.pulso.server.page.journey.JourneyPages.Choice;
import io.pulso.server.page.overview.Grid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A funnel, as it is shown.
///
/// @param open how many began whose time is not over; empty for nobody
/// @param by what it is broken down by, as it was written
/// @param parts one row for each part, empty where it is not broken down
/// @param wrong why it is not broken down or not told; null where it is
public record FunnelView(
    String title,
    String period,
    String about,
    String open,
    String conversion,
    String between,
    Wait whole,
    List<Choice> funnels,
    List<Step> steps,
    Grid grid,
    String address,
    String by,
    List<String> heads,
    List<Part> parts,
    Builder builder,
    @Nullable String wrong) {
  /// A step.
  ///
  /// @param width percent of those who entered, for the eye
  /// @param before what share of those at the step before; empty at the first
  /// @param took how long it took; null at the first
  /// @param dropped how many went no further; empty at the last
  public record Step(
      String title,
      String n,
      String share,
      int width,
      String before,
      String between,
      @Nullable Wait took,
      String reachedTo,
      String dropped,
      String droppedTo) {}

  /// How long it took.
  public record Wait(String median, String p90, String finished) {}

  /// The numbers of a part, as many as heads.
  public record Part(String part, List<String> cells) {}

  /// What stands in the form.
  public record Builder(
      List<String> steps,
      String amount,
      String unit,
      String order,
      String per,
      String name,
      List<String> events,
      boolean open,
      @Nullable String wrong) {}
}
