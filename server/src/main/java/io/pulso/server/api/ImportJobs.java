package io.pulso.server.api;

import io.pulso.engine.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Files that were sent to be imported, one after another.
public interface ImportJobs {
  /// The bytes that a file may have.
  long largest();

  /// Takes a file; null where too many wait.
  ///
  /// @param name of the file, for people
  /// @param options as `pulso import` has them, by name
  /// @param body at most [#largest] bytes of it are read
  Json.@Nullable Obj start(
      String source, String name, Map<String, String> options, InputStream body) throws IOException;

  /// All that are remembered, the newest first.
  List<Json.Obj> list();

  /// One of them; null where it is not known.
  Json.@Nullable Obj find(String id);

  /// Ends one that has not ended, and gives what became of it; null where it is not known.
  Json.@Nullable Obj cancel(String id);

  /// A file that is larger than it may be.
  final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
