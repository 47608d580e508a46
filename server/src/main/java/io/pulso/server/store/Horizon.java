package io.pulso.server.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// The message ids of the last days, in memory, so that a repeated one is found at once: of seven
/// days or twenty million ids, whichever is less. Ids are kept in parts, the oldest first; none of
/// them has more than a tenth of what may be kept or ids that were received on several days.
final class Horizon {
  static final int DAYS = 7;
  static final int MOST = 20_000_000;
  private static final int PARTS = 10;
  private static final long DAY = 86_400_000_000L;

  private final int most;
  private final Deque<Part> parts = new ArrayDeque<>();

  Horizon(int most) {
    this.most = most;
  }

  /// Reads the newest ids from the store.
  static Horizon read(Db db, long now) {
    return read(db, now, MOST);
  }

  static Horizon read(Db db, long now, int most) {
    Horizon horizon = new Horizon(most);
    db.chunks(
        """
        SELECT source, CAST(message AS VARCHAR), epoch_us(received_at) FROM (
          SELECT source, message, received_at FROM call WHERE received_at >= make_timestamptz(%1$d)
          UNION ALL
          SELECT source, message, received_at FROM event WHERE received_at >= make_timestamptz(%1$d))
        ORDER BY received_at DESC LIMIT %2$d
        """
            .formatted(now - DAYS * DAY, most),
        chunk -> {
          for (long i = 0; i < chunk.rowCount(); i++) {
            MessageId id = MessageId.of(chunk.vector(1).getString(i));
            long day = Math.floorDiv(chunk.vector(2).getLong(i), DAY);
            horizon.older(day).add(chunk.vector(0).getInt(i), id.high(), id.low());
          }
        });
    return horizon;
  }

  /// Whether a source has not sent an id before; from now on it has.
  ///
  /// @param receivedAt in microseconds
  boolean isNew(int source, long high, long low, long receivedAt) {
    for (Part part : parts) {
      if (part.contains(source, high, low)) {
        return false;
      }
    }
    newest(Math.floorDiv(receivedAt, DAY)).add(source, high, low);
    return true;
  }

  /// Forgets the ids that were received more than seven days before an instant.
  ///
  /// @param receivedAt in microseconds
  void forget(long receivedAt) {
    long day = Math.floorDiv(receivedAt, DAY);
    parts.removeIf(part -> part.day < day - DAYS);
  }

  /// The part for ids that are received now; a clock that was set back changes no day.
  private Part newest(long day) {
    Part last = parts.peekLast();
    if (last != null && last.day >= day && last.size < room()) {
      return last;
    }
    Part next = new Part(last == null ? day : Math.max(day, last.day));
    while (!parts.isEmpty() && size() > most - room()) {
      parts.removeFirst();
    }
    parts.addLast(next);
    return next;
  }

  /// The part for ids that were received before all others here.
  private Part older(long day) {
    Part first = parts.peekFirst();
    if (first != null && first.day == day && first.size < room()) {
      return first;
    }
    Part before = new Part(day);
    parts.addFirst(before);
    return before;
  }

  private int room() {
    return Math.max(1, most / PARTS);
  }

  long size() {
    return parts.stream().mapToLong(part -> part.size).sum();
  }

  /// Ids of one day, those of each source apart.
  private static final class Part {
    private final long day;
    private final Map<Integer, SeenIds> bySource = new HashMap<>();
    private int size;

    Part(long day) {
      this.day = day;
    }

    boolean contains(int source, long high, long low) {
      SeenIds ids = bySource.get(source);
      return ids != null && ids.contains(high, low);
    }

    void add(int source, long high, long low) {
      if (bySource.computeIfAbsent(source, number -> new SeenIds()).add(high, low)) {
        size++;
      }
    }
  }
}
