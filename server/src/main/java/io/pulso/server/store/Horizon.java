package io.pulso.server.store;

import java.util.TreeMap;

/// The message ids of the last days, in memory, so that a repeated one is found at once: of seven
/// days or twenty million ids, whichever is less. Ids are kept by the day of their receipt.
final class Horizon {
  static final int DAYS = 7;
  static final int MOST = 20_000_000;
  private static final long DAY = 86_400_000_000L;

  private final int most;
  private final TreeMap<Long, SeenIds> days = new TreeMap<>();

  Horizon(int most) {
    this.most = most;
  }

  /// Reads the newest ids from the store.
  static Horizon read(Db db, long now) {
    Horizon horizon = new Horizon(MOST);
    for (String table : new String[] {"call", "event"}) {
      db.chunks(
          """
          SELECT source, CAST(message AS VARCHAR), epoch_us(received_at) FROM %s
          WHERE received_at >= make_timestamptz(%d) ORDER BY received_at DESC LIMIT %d
          """
              .formatted(table, now - DAYS * DAY, MOST),
          chunk -> {
            for (long i = 0; i < chunk.rowCount(); i++) {
              MessageId id = MessageId.of(chunk.vector(1).getString(i));
              horizon.add(
                  chunk.vector(0).getInt(i), id.high(), id.low(), chunk.vector(2).getLong(i));
            }
          });
    }
    return horizon;
  }

  /// Whether a source has sent an id before; from now on it has.
  ///
  /// @param receivedAt in microseconds
  boolean isNew(int source, long high, long low, long receivedAt) {
    long key = key(source, high);
    for (SeenIds day : days.values()) {
      if (day.contains(key, low)) {
        return false;
      }
    }
    add(source, high, low, receivedAt);
    return true;
  }

  private void add(int source, long high, long low, long receivedAt) {
    long day = Math.floorDiv(receivedAt, DAY);
    boolean first = !days.containsKey(day);
    days.computeIfAbsent(day, d -> new SeenIds()).add(key(source, high), low);
    if (first) {
      forget();
    }
  }

  /// Ids of one source are never those of another.
  private static long key(int source, long high) {
    return high ^ (long) source * 0x9e3779b97f4a7c15L;
  }

  /// Drops the oldest days beyond the bounds.
  private void forget() {
    long last = days.lastKey();
    days.headMap(last - DAYS).clear();
    while (days.size() > 1 && size() > most) {
      days.pollFirstEntry();
    }
  }

  long size() {
    return days.values().stream().mapToLong(SeenIds::size).sum();
  }
}
