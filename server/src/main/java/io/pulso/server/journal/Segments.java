package io.pulso.server.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The segments that are kept, by base position. A segment ends where the next one begins.
final class Segments {
  private final Path folder;
  private final ConcurrentSkipListMap<Long, Segment> byBase = new ConcurrentSkipListMap<>();

  private Segments(Path folder) {
    this.folder = folder;
  }

  /// Those of a folder.
  static Segments in(Path folder) throws IOException {
    Segments found = new Segments(folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Segment segment = Segment.of(file);
        if (segment != null) {
          found.add(segment);
        }
      }
    }
    return found;
  }

  Path folder() {
    return folder;
  }

  void add(Segment segment) {
    byBase.put(segment.base(), segment);
  }

  boolean isEmpty() {
    return byBase.isEmpty();
  }

  Iterable<Segment> all() {
    return byBase.values();
  }

  Segment newest() {
    return byBase.lastEntry().getValue();
  }

  /// The position before the first record that is kept.
  long first() {
    return byBase.firstKey();
  }

  /// The segment that holds what follows a position, or null when it was released.
  @Nullable Segment after(long position) {
    Map.Entry<Long, Segment> found = byBase.floorEntry(position);
    return found == null ? null : found.getValue();
  }

  /// Where a segment ends: an end beyond all positions while it is the newest.
  long end(Segment segment) {
    Long next = byBase.higherKey(segment.base());
    return next == null ? Long.MAX_VALUE : next;
  }

  /// Deletes the oldest segments, up to a position; the newest stays, since it knows the position.
  synchronized void release(long upTo) throws IOException {
    boolean released = false;
    for (Segment oldest : all()) {
      Long next = byBase.higherKey(oldest.base());
      if (next == null || next > upTo) {
        break;
      }
      Files.deleteIfExists(oldest.file());
      byBase.remove(oldest.base());
      released = true;
    }
    if (released) {
      Access.forceFolder(folder);
    }
  }
}
