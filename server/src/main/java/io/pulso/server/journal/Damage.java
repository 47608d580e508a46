package io.pulso.server.journal;

import java.nio.file.Path;

/// A stretch of a segment file that cannot be read.
///
/// @param offset where in the file it begins
/// @param bytes how far it reaches: to the next good record or to the end of the segment
/// @param after the position before it; reading goes on after `after + bytes`
public record Damage(Path file, long offset, long bytes, long after) {
  @Override
  public String toString() {
    return "%s is damaged at byte %d: %d bytes of records cannot be read"
        .formatted(file, offset, bytes);
  }
}
