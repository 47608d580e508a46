package io.pulso.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files in which models are written before they are published.
public interface ModelShelf {
  /// A file.
  ///
  /// @param name of the file, without any folder
  record Draft(String name, String text) {}

  /// All of them, by name.
  List<Draft> all();

  /// The one that defines a model, or would if it were right; null where there is none.
  @Nullable Draft of(String model);

  /// Writes the file of a model, whole or not at all, and gives its name.
  ///
  /// @param text a model of that name
  String save(String model, String text);
}
