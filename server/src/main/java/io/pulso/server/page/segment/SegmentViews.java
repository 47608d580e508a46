package io.pulso.server.page.segment;

import io.pulso.server.page.overview.Figure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the pages of segments show.
public final class SegmentViews {
  private SegmentViews() {}

  /// All of them.
  public record All(List<Row> rows, List<Wrong> wrong, List<Choice> choices) {}

  /// One of them in a list.
  ///
  /// @param rule empty where it is a list
  /// @param size empty where the reader may not know it
  public record Row(
      String name,
      String title,
      String about,
      String kind,
      String rule,
      String size,
      String share) {}

  /// A file that is wrong.
  public record Wrong(String file, List<String> faults) {}

  /// One of some segments.
  public record Choice(String name, String title) {}

  /// How many are in a band.
  ///
  /// @param percent of all that are in any
  public record Share(String title, String style, String count, String percent, int width) {}

  /// One segment.
  ///
  /// @param rule empty where it is a list
  public record One(
      String name,
      String title,
      String about,
      String kind,
      String rule,
      String size,
      String share,
      String model,
      List<Share> bands,
      Figure sizes,
      Figure flow,
      String entered,
      String left,
      List<Choice> others,
      boolean mayEdit,
      boolean mayDelete) {}

  /// The form in which one is built.
  ///
  /// @param hash of the file that is edited; empty where there is none
  /// @param fault what is wrong; null where nothing is
  public record Form(
      String name,
      String title,
      String about,
      String kind,
      String when,
      boolean list,
      String hash,
      List<String> events,
      List<String> traits,
      List<String> accountTraits,
      List<Choice> bands,
      @Nullable String fault) {
    public boolean isNew() {
      return hash.isEmpty();
    }
  }

  /// What a condition means at the moment.
  ///
  /// @param fault what is wrong with it; null where nothing is
  public record Checked(String size, String share, List<Share> bands, @Nullable String fault) {}

  /// What became of ids that were put on a list.
  public record Put(String name, String told, List<String> unknown) {}
}
