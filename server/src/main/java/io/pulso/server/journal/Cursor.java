package io.pulso.server.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A place in a segment file from which records are read one after the other, never beyond a limit
/// that the caller knows to be written.
final class Cursor implements AutoCloseable {
  private static final int WINDOW = 1 << 18;

  private final Segment segment;
  private final FileChannel channel;
  private ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
  private long windowStart;
  private long position;
  private long group;

  Cursor(Segment segment, long position) throws IOException {
    this.segment = segment;
    this.position = position;
    channel = FileChannel.open(segment.file(), StandardOpenOption.READ);
  }

  Segment segment() {
    return segment;
  }

  /// The end of the last record that was read.
  long position() {
    return position;
  }

  /// Where the group of the last record that was read began.
  long group() {
    return group;
  }

  /// The format version that the header says, or 0 when the header is damaged.
  int version() throws IOException {
    ByteBuffer header = ByteBuffer.allocate(Format.HEADER);
    while (header.hasRemaining() && channel.read(header, header.position()) > 0) {}
    return Format.version(header.flip(), segment.base());
  }

  boolean hasGoodHeader() throws IOException {
    return version() == Format.VERSION;
  }

  /// The position of the file's end.
  long end() throws IOException {
    return segment.end(channel.size());
  }

  /// The record that begins here, or null when what stands here is none.
  byte @Nullable [] next(long limit) throws IOException {
    int length = lengthAt(position, limit);
    if (length < 0) {
      return null;
    }
    int at = (int) (position - windowStart);
    byte[] payload = new byte[length];
    window.get(at + Format.PREFIX, payload);
    group = position - window.getInt(at + 8);
    position += Format.PREFIX + length;
    return payload;
  }

  /// Moves on to the first good record behind this place; to the limit when there is none.
  boolean seek(long limit) throws IOException {
    long written = Math.min(limit, end());
    for (position++; position < written; position++) {
      if (isZero(position, written)) {
        position += Integer.BYTES - 1;
      } else if (lengthAt(position, written) >= 0) {
        return true;
      }
    }
    position = limit;
    return false;
  }

  /// Whether no record begins at a position or up to 3 bytes behind it, since all lengths are 0.
  private boolean isZero(long start, long limit) throws IOException {
    return holds(start, Long.BYTES, limit) && window.getLong((int) (start - windowStart)) == 0;
  }

  /// The end of the last byte between two positions that is not 0; the first position when all are.
  long lastByte(long from, long to) throws IOException {
    long last = from;
    for (long at = from; at < to; at++) {
      if (isZero(at, to)) {
        at += Long.BYTES - 1;
      } else if (holds(at, 1, to) && window.get((int) (at - windowStart)) != 0) {
        last = at + 1;
      }
    }
    return last;
  }

  /// The length of the good record that begins at a position, or -1; it is in the window then.
  private int lengthAt(long start, long limit) throws IOException {
    if (!holds(start, Format.PREFIX, limit)) {
      return -1;
    }
    int length = Format.length(window, (int) (start - windowStart));
    if (length < 0 || !holds(start, Format.PREFIX + length, limit)) {
      return -1;
    }
    return Format.isGood(window, (int) (start - windowStart), length, start) ? length : -1;
  }

  /// Brings a stretch into the window; false when it reaches beyond the limit or the file.
  private boolean holds(long start, int bytes, long limit) throws IOException {
    if (start + bytes > limit) {
      return false;
    }
    if (start >= windowStart && start + bytes <= windowStart + window.limit()) {
      return true;
    }
    int size = (int) Math.min(Math.max(bytes, WINDOW), limit - start);
    window = window.capacity() < size ? ByteBuffer.allocate(size) : window;
    window.clear().limit(size);
    windowStart = start;
    while (window.hasRemaining()
        && channel.read(window, segment.offset(start) + window.position()) > 0) {}
    window.flip();
    return window.limit() >= bytes;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written through it.
      return;
    }
  }
}
