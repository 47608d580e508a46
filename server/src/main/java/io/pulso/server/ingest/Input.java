package io.pulso.server.ingest;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One file to read, or the standard input.
///
/// @param name what it is called in messages and for `file` in mappings
/// @param path null for the standard input
/// @param bytes its size, 0 where nobody knows
record Input(String name, @Nullable Path path, long bytes) {
  static final Input STANDARD = new Input("-", null, 0);

  static Input of(String name, Path path) {
    try {
      return new Input(name, path, Files.size(path));
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  InputStream open(InputStream standard) {
    if (path == null) {
      return standard;
    }
    try {
      return Files.newInputStream(path);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /// The last part of the name.
  String file() {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  static InputException unreadable(String name, IOException e) {
    return new InputException(name + ": cannot be read: " + e.getMessage(), e);
  }
}
