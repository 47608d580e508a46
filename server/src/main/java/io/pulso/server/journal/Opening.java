package io.pulso.server.journal;

import io.pulso.server.event.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// The check of a folder's segments: finds where the last group ends and cuts what is behind it.
final class Opening {
  private final Segments segments;
  private final List<Damage> damage = new ArrayList<>();
  private long end;
  private long cut;

  Opening(Segments segments) {
    this.segments = segments;
  }

  /// Checks the segments; what is loaded is not looked at, and positions go on after it.
  ///
  /// @return a new newest segment is to be made unless the present one is sound
  Found check(long loaded) throws IOException {
    end = loaded;
    if (segments.isEmpty()) {
      return new Found(loaded, false, new Recovery(0, List.of(), loaded));
    }
    segments.release(loaded);
    boolean sound = true;
    Iterator<Segment> all = segments.all().iterator();
    while (all.hasNext()) {
      Segment segment = all.next();
      try (Cursor cursor = new Cursor(segment, segment.base())) {
        refuseNewer(cursor);
        if (all.hasNext()) {
          older(cursor);
        } else {
          sound = newest(cursor);
        }
      }
    }
    long missing = Math.max(0, loaded - end);
    return new Found(
        Math.max(end, loaded),
        sound && missing == 0,
        new Recovery(cut, List.copyOf(damage), missing));
  }

  /// @param end the newest durable position
  /// @param sound whether the newest segment can be written on
  record Found(long end, boolean sound, Recovery recovery) {}

  private static void refuseNewer(Cursor cursor) throws IOException {
    if (cursor.version() > Format.VERSION) {
      throw new InputException(
          cursor.segment().file() + " was written by a newer Pulso: start that one to read it");
    }
  }

  /// An older segment is read when its turn comes; here only its header and length are looked at.
  private void older(Cursor cursor) throws IOException {
    Segment segment = cursor.segment();
    if (!cursor.hasGoodHeader()) {
      damage.add(new Damage(segment.file(), 0, Format.HEADER, segment.base()));
    }
    long missing = segments.end(segment) - cursor.end();
    if (missing > 0) {
      long from = cursor.end();
      damage.add(new Damage(segment.file(), segment.offset(from), missing, from));
    }
  }

  private boolean newest(Cursor cursor) throws IOException {
    Segment segment = cursor.segment();
    int known = damage.size();
    long limit = cursor.end();
    boolean headed = cursor.hasGoodHeader();
    end = lastGood(cursor, limit);
    if (!headed && end > segment.base()) {
      damage.add(new Damage(segment.file(), 0, Format.HEADER, segment.base()));
    }
    cut = cursor.lastByte(end, limit) - end;
    if (cut > 0) {
      try (FileChannel channel = segment.open()) {
        channel.truncate(segment.offset(end));
        channel.force(true);
      }
    }
    return headed && damage.size() == known;
  }

  /// The end of the last good record. A bad stretch is damage when a later group follows it, since
  /// that began only after the stretch was safe; else it is what was left of an unfinished group.
  private long lastGood(Cursor cursor, long limit) throws IOException {
    while (true) {
      long good = cursor.position();
      while (cursor.next(limit) != null) {
        good = cursor.position();
      }
      if (good == limit) {
        return good;
      }
      long next = limit;
      boolean later = false;
      while (!later && cursor.seek(limit)) {
        next = Math.min(next, cursor.position());
        later = cursor.next(limit) != null && cursor.group() > good;
      }
      if (!later) {
        return good;
      }
      Segment segment = cursor.segment();
      damage.add(new Damage(segment.file(), segment.offset(good), next - good, good));
    }
  }
}
