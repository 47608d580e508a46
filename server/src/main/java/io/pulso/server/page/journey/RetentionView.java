package io.pulso.server.page.journey;

import io.pulso.server.page.journey.JourneyPages.Choice;
import java.util.List;

/// Cohorts and who of them came back, as they are shown.
///
/// @param heads numbers of periods after their own
/// @param together all that is complete; empty cells where there is nothing
/// @param begin the name of the event with which somebody begins; empty for any
/// @param back as `begin`, of what counts as being there
public record RetentionView(
    String period,
    List<Choice> cuts,
    List<Choice> ways,
    List<Choice> kinds,
    List<String> heads,
    List<Row> rows,
    List<Cell> together,
    String csv,
    String begin,
    String back,
    List<String> events,
    List<Kept> kept) {
  /// What an address says beside the names of events.
  public record Kept(String name, String value) {}

  /// A cohort.
  public record Row(String title, String told, String size, boolean existing, List<Cell> cells) {}

  /// How many of a cohort were there.
  ///
  /// @param percent from 0 to 100, for the eye
  /// @param tone how it is drawn: `open` while the period is not over, `none` where nothing can be
  ///   told
  /// @param to those behind it; empty where there are none
  public record Cell(String share, int percent, String tone, String told, String to) {}
}
