package io.pulso.server.page.metric;

import io.pulso.server.page.overview.Figure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A metric, as it is shown.
///
/// @param about what the value rests on, and between which values it lies; empty for nothing
/// @param usual what is usual for it; empty where nothing is said
/// @param before what it was before; null where nothing is known
/// @param cuts of the series
/// @param by what it is broken down by, as it was written
/// @param goals its goal, if it has one
/// @param wrong why it is not broken down; null where it is, or nothing was asked
public record MetricView(
    String id,
    String title,
    String definition,
    String period,
    String value,
    String about,
    String usual,
    @Nullable Change before,
    List<Choice> cuts,
    Figure chart,
    String by,
    List<PartRow> parts,
    @Nullable String wrong,
    List<GoalParts.GoalView> goals) {
  /// What became of a value.
  ///
  /// @param tone `good`, `bad` or empty
  public record Change(String text, String tone, String icon, String told) {}

  /// One of some ways.
  public record Choice(String title, String to, boolean chosen) {}

  /// The value of a part.
  ///
  /// @param percent of the greatest one, for the eye
  /// @param between between which values it lies; empty where that is not told
  public record PartRow(String part, String value, String n, int percent, String between) {}

  /// The catalogue.
  public record Catalogue(List<Group> groups) {}

  /// Metrics that belong together.
  public record Group(String key, List<Row> rows) {}

  /// A metric in the catalogue.
  public record Row(String id, String title, String definition) {}
}
