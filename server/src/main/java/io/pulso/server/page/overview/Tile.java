package io.pulso.server.page.overview;

import org.jspecify.annotations.Nullable;

/// A number with what it means, what it was before, and its course.
///
/// @param id names its texts
/// @param change null where nothing is known of before
/// @param line the course, as a path in a box of 100 by 40; empty where there is none
/// @param area the same down to the ground
/// @param to where those behind it are found; null for nobody
public record Tile(
    String id,
    String icon,
    String name,
    String value,
    @Nullable Change change,
    String definition,
    String line,
    String area,
    @Nullable String to) {
  /// What became of a number.
  ///
  /// @param tone `good`, `bad` or empty
  /// @param icon the direction
  /// @param told the change in words
  public record Change(String text, String tone, String icon, String told) {}
}
