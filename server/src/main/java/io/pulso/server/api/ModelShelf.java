package io.pulso.server.api;

import io.pulso.engine.model.ModelReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files in which models are written before they are published.
public interface ModelShelf {
  /// What a model without a file is based on.
  String NOTHING = "";

  /// A file.
  ///
  /// @param name of the file, without any folder
  record Draft(String name, String text) {
    /// SHA-256 of the text.
    public String hash() {
      return ModelReader.sha256(text);
    }
  }

  /// What became of a text that was to be saved.
  sealed interface Saving {}

  /// It is written.
  record Saved(String file) implements Saving {}

  /// It is not written, since somebody else changed the file.
  ///
  /// @param present what stands there now; null where the file is gone
  record Overtaken(@Nullable Draft present) implements Saving {}

  /// All of them, by name.
  List<Draft> all();

  /// The one that defines a model, or would if it were right; null where there is none.
  @Nullable Draft of(String model);

  /// Writes the file of a model, whole or not at all.
  ///
  /// @param text a model of that name
  /// @param replaces the hash of the text that may be written over, [#NOTHING] where there may be
  ///   no file; null for any
  Saving save(String model, String text, @Nullable String replaces);
}
