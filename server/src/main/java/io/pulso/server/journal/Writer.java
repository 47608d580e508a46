package io.pulso.server.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The thread that writes: takes what waits, writes it as one group, forces it once, and lets its
/// callers go. While the disk works, the next group gathers.
final class Writer implements Runnable {
  private final Journal.Settings settings;
  private final Segments segments;
  private final Tail tail;
  private final Queue queue;
  private final Progress progress;
  private final ByteBuffer group;
  private final List<Waiting> members = new ArrayList<>();

  Writer(Journal.Settings settings, Segments segments, Tail tail, Queue queue, Progress progress) {
    this.settings = settings;
    this.segments = segments;
    this.tail = tail;
    this.queue = queue;
    this.progress = progress;
    group = ByteBuffer.allocateDirect(settings.groupBytes());
  }

  @Override
  public void run() {
    List<Waiting> taken = new ArrayList<>();
    try {
      for (taken = queue.take(taken); !taken.isEmpty(); taken = queue.take(taken)) {
        write(taken);
        taken.clear();
      }
    } finally {
      // After an error of the program nobody must wait for ever.
      JournalFailed stopped = new JournalFailed("the journal's writer has stopped");
      queue.close(stopped);
      fail(members, stopped);
      fail(taken, stopped);
      fail(queue.take(new ArrayList<>()), stopped);
      progress.end();
    }
  }

  private void write(List<Waiting> taken) {
    for (int i = 0; i < taken.size(); i++) {
      Waiting record = taken.get(i);
      if (record.isTurn()) {
        force();
        turn(record);
        continue;
      }
      if (record.size() > group.remaining()) {
        force();
      }
      long begin = progress.durable() + group.position();
      if (begin + record.size() - segments.first() > settings.mostBytes()) {
        record.hasFailed(bound());
      } else {
        Format.put(group, begin, group.position(), record.payload());
        record.isAt(begin + record.size());
        members.add(record);
      }
    }
    force();
  }

  private void turn(Waiting asking) {
    try {
      tail.turn(progress.durable());
      asking.isAt(progress.durable());
      asking.isDurable();
    } catch (IOException e) {
      asking.hasFailed(DiskSpace.failure("write to", segments.folder(), e));
    }
  }

  private JournalFull bound() {
    return new JournalFull(
        "the journal holds the %d bytes it may: what it holds must be loaded first"
            .formatted(settings.mostBytes()));
  }

  /// Ends the group: its members are on disk, or all of them fail.
  private void force() {
    if (members.isEmpty()) {
      return;
    }
    long end = progress.durable() + group.flip().remaining();
    try {
      tail.append(group, progress.durable());
      progress.reach(end);
      members.forEach(Waiting::isDurable);
    } catch (IOException e) {
      fail(members, DiskSpace.failure("write to", segments.folder(), e));
    }
    members.clear();
    group.clear();
  }

  private static void fail(List<Waiting> records, JournalException why) {
    for (Waiting record : records) {
      record.hasFailed(why);
    }
  }
}
