package io.pulso.server.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Append-only, checksummed, group-committed records in segment files: the point of
/// acknowledgement.
///
/// A position counts the bytes of all records ever written. It grows over restarts too, also when
/// every segment was released.
public final class Journal implements AutoCloseable {
  private final Settings settings;
  private final FolderLock lock;
  private final Segments segments;
  private final Recovery recovery;
  private final Tail tail;
  private final Queue queue;
  private final Progress progress;
  private final CompletableFuture<Void> writing;
  private volatile long released;

  /// Sizes and bounds of a journal.
  ///
  /// @param segmentBytes size at which a segment ends
  /// @param largestRecord bytes of the largest record taken
  /// @param mostBytes bound of all kept segments: beyond it appends are refused
  /// @param mostWaiting callers whose records wait for the next group; more wait to get in
  public record Settings(long segmentBytes, int largestRecord, long mostBytes, int mostWaiting) {
    public static final Settings DEFAULT = new Settings(64L << 20, 1 << 20, 4L << 30, 16_384);

    public Settings {
      if (largestRecord < 1 || largestRecord > Format.LARGEST || mostWaiting < 1) {
        throw new IllegalArgumentException(
            "records have 1 to %d bytes, and one at least may wait".formatted(Format.LARGEST));
      }
      if (segmentBytes < Format.HEADER + Format.PREFIX + largestRecord) {
        throw new IllegalArgumentException("a segment must hold the largest record");
      }
      if (mostBytes < 2 * segmentBytes) {
        throw new IllegalArgumentException("a journal has 2 segments at least: one to release");
      }
    }

    /// Bytes written at once at most.
    int groupBytes() {
      return (int) Math.max(Format.PREFIX + largestRecord, Math.min(segmentBytes, 1 << 20));
    }
  }

  private Journal(
      Settings settings,
      FolderLock lock,
      Segments segments,
      Tail tail,
      Opening.Found found,
      long loaded) {
    this.settings = settings;
    this.lock = lock;
    this.segments = segments;
    this.tail = tail;
    recovery = found.recovery();
    released = Math.max(loaded, segments.first());
    queue = new Queue(settings.mostWaiting());
    progress = new Progress(found.end());
    writing =
        CompletableFuture.runAsync(
            new Writer(settings, segments, tail, queue, progress),
            task -> Thread.ofPlatform().name("pulso-journal").daemon().start(task));
  }

  /// Opens a folder of which nothing was loaded yet.
  public static Journal open(Path folder, Settings settings) {
    return open(folder, settings, 0);
  }

  /// Opens a folder, made when missing, and cuts what an unfinished group left. New positions are
  /// greater than the loaded one even when the folder was lost.
  ///
  /// @param loaded everything up to it was released: the position that the loader stored
  public static Journal open(Path folder, Settings settings, long loaded) {
    try {
      Access.makeFolder(folder);
      FolderLock lock = FolderLock.of(folder);
      try {
        Segments segments = Segments.in(folder);
        Opening.Found found = new Opening(segments).check(loaded);
        Tail tail = new Tail(segments, settings.segmentBytes());
        try {
          begin(tail, found);
          segments.release(loaded);
          return new Journal(settings, lock, segments, tail, found, loaded);
        } catch (IOException | RuntimeException e) {
          tail.close();
          throw e;
        }
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw DiskSpace.failure("open", folder, e);
    }
  }

  private static void begin(Tail tail, Opening.Found found) throws IOException {
    if (found.sound()) {
      tail.resume();
    } else {
      tail.roll(found.end());
    }
  }

  /// What opening found.
  public Recovery recovery() {
    return recovery;
  }

  /// Keeps a record; returns its position when it is on disk. Callers that wait at the same time
  /// share one force.
  ///
  /// @throws JournalFull when there is no room; nothing was kept
  /// @throws JournalFailed when the disk failed or the journal is closed
  public long append(byte[] record) {
    if (record.length < 1 || record.length > settings.largestRecord()) {
      throw new IllegalArgumentException(
          "a record has 1 to %d bytes, not %d".formatted(settings.largestRecord(), record.length));
    }
    Waiting waiting = new Waiting(record);
    queue.put(waiting);
    return waiting.await();
  }

  /// Begins a new segment, so that what was released before is gone from the disk.
  public void turn() {
    Waiting turn = new Waiting(new byte[0]);
    queue.put(turn);
    turn.await();
    release(released);
  }

  /// Reads the records after a position, which is 0 or that of a record, from the oldest one kept.
  /// The reader throws [JournalDamaged] when it meets damage.
  public Reader read(long after) {
    return new Reader(segments, progress, start(after), null);
  }

  /// Reads on behind damage: tells what was lost, then goes on with the next good record.
  public Reader readSkippingDamage(long after, Consumer<Damage> lost) {
    return new Reader(segments, progress, start(after), lost);
  }

  private long start(long after) {
    return Math.max(known(after), first());
  }

  private long known(long position) {
    if (position > last()) {
      throw new IllegalArgumentException(
          "nothing has the position %d yet: the newest is %d".formatted(position, last()));
    }
    return position;
  }

  /// Says that everything up to a position is kept elsewhere: whole segments of that are deleted.
  public void release(long upTo) {
    try {
      segments.release(known(upTo));
      released = Math.max(released, upTo);
    } catch (IOException e) {
      throw DiskSpace.failure("release segments of", segments.folder(), e);
    }
  }

  /// The position before the oldest record that is kept.
  public long first() {
    return segments.first();
  }

  /// The newest durable position.
  public long last() {
    return progress.durable();
  }

  /// Bytes that are not yet released.
  public long waitingBytes() {
    return last() - released;
  }

  /// Refuses new records, finishes those that wait, and lets the folder go.
  @Override
  public void close() {
    queue.close(new JournalFailed("the journal " + segments.folder() + " is closed"));
    writing.join();
    try {
      try {
        tail.close();
      } finally {
        lock.close();
      }
    } catch (IOException e) {
      throw DiskSpace.failure("let go of", segments.folder(), e);
    }
  }
}
