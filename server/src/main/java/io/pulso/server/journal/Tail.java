package io.pulso.server.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// The end of the newest segment, where groups are written.
final class Tail implements AutoCloseable {
  private final Segments segments;
  private final long segmentBytes;
  private final Spare spare;
  private @Nullable Writable current;

  Tail(Segments segments, long segmentBytes) {
    this.segments = segments;
    this.segmentBytes = segmentBytes;
    spare = new Spare(segments.folder(), segmentBytes);
  }

  private record Writable(Segment segment, FileChannel file) {}

  /// Goes on in the newest segment.
  void resume() throws IOException {
    Segment newest = segments.newest();
    FileChannel file = newest.open();
    current = new Writable(newest, file);
    Spare.fill(file, file.size(), segmentBytes);
    spare.prepare();
  }

  /// Begins a new segment at a position.
  void roll(long position) throws IOException {
    next(position);
  }

  /// Begins a new segment at a position unless the present one is empty.
  void turn(long position) throws IOException {
    Writable here = current;
    if (here == null || here.segment().base() < position) {
      next(position);
    }
  }

  private Writable next(long position) throws IOException {
    leave();
    Segment segment = Segment.in(segments.folder(), position);
    Writable made = new Writable(segment, segment.make(segments.folder(), spare, segmentBytes));
    current = made;
    spare.prepare();
    segments.add(segment);
    return made;
  }

  /// Writes a group that begins at a position, and forces it to disk. When that fails, the group is
  /// cut off again and nothing more is written to this file: what a failed force left is unknown.
  void append(ByteBuffer group, long position) throws IOException {
    try {
      Writable here = current;
      if (here == null || isFull(here.segment(), position, group.remaining())) {
        here = next(position);
      }
      Segment.write(here.file(), group, here.segment().offset(position));
      here.file().force(false);
    } catch (IOException e) {
      // An interrupt closes the file it hits, and would close the next one too.
      Thread.interrupted();
      cut(position);
      throw e;
    }
  }

  private boolean isFull(Segment segment, long position, int more) {
    return position > segment.base() && segment.offset(position) + more > segmentBytes;
  }

  private void cut(long position) {
    Writable failed = current;
    leave();
    if (failed != null) {
      try (FileChannel again = failed.segment().open()) {
        again.truncate(failed.segment().offset(position));
        again.force(true);
      } catch (IOException e) {
        // The next segment begins at the position, and what stands behind it is not read.
        return;
      }
    }
  }

  private void leave() {
    Writable left = current;
    current = null;
    if (left != null) {
      try {
        left.file().close();
      } catch (IOException e) {
        // All that counts of this file was forced.
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    leave();
    spare.close();
  }
}
