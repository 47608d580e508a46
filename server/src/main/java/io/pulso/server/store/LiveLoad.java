package io.pulso.server.store;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What sources send all the time: batches, each loaded in one transaction that also says how far
/// the journal is loaded. Used by one thread.
public final class LiveLoad {
  private static final int BLOCK = EventBlock.ROW_GROUP / 8;

  private final Db db;
  private final Clock clock;
  private final Renewing renewing;
  private final Consumer<LiveChange> changed;
  private final LongSupplier imports;
  private long importsKnown;
  private @Nullable Known known;

  /// What is kept in memory from batch to batch.
  private record Known(Horizon horizon, RecordRows.Names names) {}

  /// Brings up to date what is derived from the records of imports.
  interface Renewing {
    /// Renews it.
    ///
    /// @param first the number of the first of them
    /// @param ids gives the ids of people by their numbers
    LiveChange after(int first, IntFunction<String> ids);
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

  /// @param imports how often records were stored in another way: then what is kept in memory is
  ///   read again
  LiveLoad(
      Db db, Clock clock, Renewing renewing, Consumer<LiveChange> changed, LongSupplier imports) {
    this.db = db;
    this.clock = clock;
    this.renewing = renewing;
    this.changed = changed;
    this.imports = imports;
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
      int first = Imports.next(db);
      Map<String, Counts> counts = store(parts, first);
      LiveChange change = renewing.after(first, known().names.people()::text);
      db.run("UPDATE journal_position SET position = ?", position);
      db.commit();
      done = true;
      changed.accept(change);
      return counts;
    } finally {
      if (!done) {
        // It may know things that are not stored.
        known = null;
        db.rollback();
      }
    }
  }

  private Map<String, Counts> store(List<Part> parts, int first) {
    Map<String, List<Part>> bySource = new LinkedHashMap<>();
    parts.forEach(
        part -> bySource.computeIfAbsent(part.source(), name -> new ArrayList<>()).add(part));
    int next = first;
    Map<String, Counts> counts = new LinkedHashMap<>();
    for (Map.Entry<String, List<Part>> one : bySource.entrySet()) {
      int source = new Sources(db).number(one.getKey(), one.getValue().getFirst().trusted());
      counts.put(one.getKey(), store(one.getValue(), source, next++));
    }
    // Only now: what one source sent later must not make it forget what another sent before.
    parts.stream().mapToLong(Part::receivedAt).max().ifPresent(known().horizon::forget);
    return counts;
  }

  private Counts store(List<Part> parts, int source, int number) {
    Known now = known();
    now.names.refresh(db);
    long duplicates = 0;
    long place = 0;
    List<Incoming> firsts = new ArrayList<>();
    try (RecordRows records = new RecordRows(db, number, BLOCK, clock.instant(), now.names)) {
      for (Part part : parts) {
        for (Incoming row : part.rows()) {
          if (records.refuses(row)) {
            continue;
          }
          MessageId id = MessageId.of(row.messageId());
          if (now.horizon.isNew(source, id.high(), id.low(), part.receivedAt())) {
            records.append(row, id, source, place++);
            if ((row.flags() & Incoming.FLAG_FIRSTS) != 0) {
              firsts.add(row);
            }
          } else {
            duplicates++;
          }
        }
        part.rejects().forEach(row -> records.reject(row, source));
      }
      records.finish();
      firsts.forEach(row -> new SourceWords(db).note(row, source));
      long stored = records.appended();
      Imports.add(
          db,
          new Imports.Row(
              number,
              source,
              "live",
              clock.instant(),
              stored + duplicates,
              duplicates,
              records.rejected()));
      return new Counts(stored, duplicates, Map.copyOf(records.rejected()));
    }
  }

  private Known known() {
    long now = imports.getAsLong();
    if (now != importsKnown) {
      importsKnown = now;
      known = null;
    }
    Known before = known;
    if (before != null) {
      return before;
    }
    Known read = new Known(Horizon.read(db, clock.millis() * 1000), RecordRows.Names.open(db));
    known = read;
    return read;
  }
}
