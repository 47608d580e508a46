package io.pulso.server.api;

import io.pulso.engine.model.ModelReader;
import io.pulso.engine.segment.Segment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files of segments.
public interface SegmentShelf {
  /// A file.
  ///
  /// @param name of the file, without any folder
  /// @param segment null where the file is wrong
  /// @param faults what is wrong with it
  record Draft(String name, String text, @Nullable Segment segment, List<String> faults) {
    public Draft {
      faults = List.copyOf(faults);
    }

    /// SHA-256 of the text.
    public String hash() {
      return ModelReader.sha256(text);
    }
  }

  /// All of them, by name.
  List<Draft> all();

  /// Those that are right, by their names, sorted.
  Map<String, Segment> segments();

  /// The file of a segment; null where there is none.
  @Nullable Draft of(String segment);

  /// Writes the file of a segment, whole or not at all.
  ///
  /// @param text a segment of that name
  /// @param replaces the hash of the text that may be written over, empty where there may be no
  ///   file; null for any
  /// @return whether it was written: not where somebody else changed the file
  boolean save(String segment, String text, @Nullable String replaces);

  /// Deletes the file of a segment; false where there is none.
  boolean delete(String segment);
}
