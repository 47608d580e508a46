package io.pulso.server.page.segment;

import io.pulso.server.page.segment.SegmentViews.Choice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two segments side by side.
///
/// @param fault why they are not compared; null where they are
/// @param both how many are in both; empty for none
/// @param tested how many differences were tested
public record CompareView(
    String a,
    String b,
    List<Choice> choices,
    @Nullable String fault,
    String period,
    @Nullable Side one,
    @Nullable Side other,
    String both,
    String tested,
    List<Group> groups,
    String csv) {
  /// One of the two.
  public record Side(String name, String title, String size) {}

  /// Rows that belong together.
  public record Group(String title, List<Row> rows) {}

  /// Something on which they are compared.
  ///
  /// @param per of what the values are; empty for the segment itself
  /// @param interval empty where there is none
  /// @param tone `good`, `bad` or empty
  /// @param said what is told of the difference
  /// @param same the difference with the same plan and tenure; empty where it is not told
  public record Row(
      String title,
      String href,
      String per,
      String one,
      String other,
      String difference,
      String interval,
      String tone,
      boolean differs,
      String said,
      String same) {}
}
