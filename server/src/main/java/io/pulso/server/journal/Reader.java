package io.pulso.server.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A way through the durable records in order, also while appends go on. For one thread.
public final class Reader implements AutoCloseable {
  private final Segments segments;
  private final Progress progress;
  private final @Nullable Consumer<Damage> lost;
  private long position;
  private @Nullable Cursor cursor;

  /// @param lost told of what is skipped; null: damage is thrown
  Reader(Segments segments, Progress progress, long after, @Nullable Consumer<Damage> lost) {
    this.segments = segments;
    this.progress = progress;
    this.position = after;
    this.lost = lost;
  }

  /// The next record, or null when there is none yet.
  ///
  /// @throws JournalDamaged each time, until the damage is mended or skipped
  public byte @Nullable [] next() {
    try {
      while (position < progress.durable()) {
        byte[] record = read();
        if (record != null) {
          return record;
        }
      }
      return null;
    } catch (IOException e) {
      close();
      throw new JournalFailed("cannot read the journal " + segments.folder() + ": " + e, e);
    }
  }

  /// Waits until there is a next record; false when there is none in time, or the journal was
  /// closed.
  public boolean await(Duration timeout) throws InterruptedException {
    return progress.await(position, timeout);
  }

  /// The position of the last record that was read.
  public long position() {
    return position;
  }

  /// Reads one record, or moves over one damage or to the next segment.
  private byte @Nullable [] read() throws IOException {
    Cursor here = cursor();
    long limit = Math.min(segments.end(here.segment()), progress.durable());
    byte[] record = here.next(limit);
    if (record != null) {
      position = here.position();
      return record;
    }
    long from = position;
    here.seek(limit);
    long to = here.position();
    skip(new Damage(here.segment().file(), here.segment().offset(from), to - from, from));
    position = to;
    return null;
  }

  private Cursor cursor() throws IOException {
    Segment segment = segments.after(position);
    if (segment == null) {
      throw new IllegalStateException("what follows position " + position + " was released");
    }
    Cursor here = cursor;
    if (here == null || !here.segment().equals(segment)) {
      close();
      here = new Cursor(segment, position);
      cursor = here;
      if (position == segment.base() && !here.hasGoodHeader()) {
        skip(new Damage(segment.file(), 0, Format.HEADER, position));
      }
    }
    return here;
  }

  private void skip(Damage damage) {
    if (lost == null) {
      close();
      throw new JournalDamaged(damage);
    }
    lost.accept(damage);
  }

  @Override
  public void close() {
    Cursor left = cursor;
    cursor = null;
    if (left != null) {
      left.close();
    }
  }
}
