package io.pulso.server.store;

import java.time.Clock;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What sources send all the time: batches, each loaded in one transaction that also says how far
/// the journal is loaded. Used by one thread.
public final class LiveLoad {
  private static final int BLOCK = EventBlock.ROW_GROUP / 8;

  private final Db db;
  private final Clock clock;
  private final Renewing renewing;
  private @Nullable Known known;

  /// What is kept in memory from batch to batch.
  private record Known(Horizon horizon, RecordRows.Names names) {}

  /// Brings up to date what is derived from the records of an import.
  interface Renewing {
    void after(int importNumber);
  }

  /// What one request brought.
  ///
  /// @param trusted whether a source that is new is a server's
  /// @param receivedAt in microseconds
  public record Part(
      String source,
      boolean trusted,
      long receivedAt,
      List<Incoming> rows,
      List<Rejected> rejects) {}

  /// What became of the parts of one source.
  public record Counts(long stored, long duplicates, Map<RejectReason, Long> rejected) {}

  LiveLoad(Db db, Clock clock, Renewing renewing) {
    this.db = db;
    this.clock = clock;
    this.renewing = renewing;
  }

  /// How far the journal is loaded.
  public long position() {
    return db.number("SELECT MAX(position) FROM journal_position");
  }

  /// Loads parts, whole or not at all.
  ///
  /// @param position of the last of them in the journal
  public Map<String, Counts> load(List<Part> parts, long position) {
    db.begin();
    boolean done = false;
    try {
      Map<String, Counts> counts = store(parts);
      db.run("UPDATE journal_position SET position = ?", position);
      db.commit();
      done = true;
      return counts;
    } finally {
      if (!done) {
        // It may know things that are not stored.
        known = null;
        db.rollback();
      }
    }
  }

  private Map<String, Counts> store(List<Part> parts) {
    Known now = known();
    now.names.refresh(db);
    int number = Imports.next(db);
    Map<String, Tally> tallies = new LinkedHashMap<>();
    try (RecordRows records = new RecordRows(db, number, BLOCK, clock.instant(), now.names)) {
      long place = 0;
      for (Part part : parts) {
        Tally tally =
            tallies.computeIfAbsent(
                part.source(), name -> new Tally(new Sources(db).number(name, part.trusted())));
        for (Incoming row : part.rows()) {
          MessageId id = MessageId.of(row.messageId());
          tally.appended++;
          if (now.horizon.isNew(tally.source, id.high(), id.low(), part.receivedAt())) {
            records.append(row, tally.source, place++);
          } else {
            tally.duplicates++;
          }
        }
        for (Rejected row : part.rejects()) {
          tally.rejected.merge(row.reason(), 1L, Long::sum);
          records.reject(row, tally.source);
        }
      }
      records.finish();
    }
    Map<String, Counts> counts = new LinkedHashMap<>();
    tallies.forEach((name, tally) -> counts.put(name, tally.add(db, number, clock)));
    renewing.after(number);
    return counts;
  }

  private Known known() {
    Known before = known;
    if (before != null) {
      return before;
    }
    Known now = new Known(Horizon.read(db, clock.millis() * 1000), RecordRows.Names.open(db));
    known = now;
    return now;
  }

  /// What a batch has of one source.
  private static final class Tally {
    private final int source;
    private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
    private long appended;
    private long duplicates;

    Tally(int source) {
      this.source = source;
    }

    Counts add(Db db, int number, Clock clock) {
      Imports.add(
          db,
          new Imports.Row(
              number, source, "live", clock.instant(), appended, duplicates, rejected));
      return new Counts(appended - duplicates, duplicates, rejected);
    }
  }
}
