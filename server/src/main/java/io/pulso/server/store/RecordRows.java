package io.pulso.server.store;

import io.pulso.engine.event.EventType;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The records of one import on their way into the tables of the store, in a transaction of the
/// caller: texts become numbers, events are written in blocks.
final class RecordRows implements AutoCloseable {
  static final int FLAG_USER = 4;

  final Dictionary people;
  final Kinds kinds;
  private final Db db;
  private final int number;
  private final Dictionary accounts;
  final ErasedIds erased;
  private final CallRows calls;
  private final RejectedRows rejects;
  private final BlockWriter writer;
  private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
  private long events;
  private long appended;

  /// @param number of the import
  /// @param block how many events are written at once
  RecordRows(Db db, int number, int block, Instant now) {
    this(db, number, block, now, Names.open(db));
  }

  /// As the other one, with dictionaries that know more.
  RecordRows(Db db, int number, int block, Instant now, Names names) {
    this.db = db;
    this.number = number;
    this.people = names.people();
    this.accounts = names.accounts();
    this.erased = names.erased();
    this.kinds = Kinds.read(db);
    this.calls = new CallRows(db, number);
    this.rejects = new RejectedRows(db, number, now);
    this.writer = new BlockWriter(db, number, block);
  }

  /// The numbers of people's ids and of accounts, and the ids that may not come back.
  record Names(Dictionary people, Dictionary accounts, ErasedIds erased) {
    static Names open(Db db) {
      return new Names(
          Dictionary.open(db, "person"), Dictionary.open(db, "account"), ErasedIds.read(db));
    }

    void refresh(Db db) {
      if (erased.refresh(db)) {
        people.forget();
        accounts.forget();
      }
      people.refresh(db);
      accounts.refresh(db);
    }
  }

  /// Refuses a record of which an id was erased, without keeping what it says; tells whether it
  /// did.
  boolean refuses(Incoming row) {
    if (erased.isEmpty()
        || !(isErased(row.userId()) || isErased(row.anonymousId()) || isErased(row.previousId()))) {
      return false;
    }
    rejected.merge(RejectReason.ERASED, 1L, Long::sum);
    return true;
  }

  private boolean isErased(@Nullable String id) {
    return id != null && !people.knows(id) && erased.has(id);
  }

  /// Adds a record.
  ///
  /// @param id that of its message
  /// @param place its place in the import
  void append(Incoming row, MessageId id, int source, long place) {
    catchUp();
    appended++;
    Integer user = row.userId() == null ? null : people.number(row.userId());
    Integer anonymous = row.anonymousId() == null ? null : people.number(row.anonymousId());
    Integer account = row.groupId() == null ? null : accounts.number(row.groupId());
    int flags = (row.flags() & ~Incoming.FLAG_FIRSTS) | (user != null ? FLAG_USER : 0);
    Integer person = user != null ? user : anonymous;
    Integer beside = user != null ? anonymous : null;
    if (row.type().isEvent()) {
      int kind = kinds.number(row.type(), row.event(), row.name());
      CallRows.Ids ids = new CallRows.Ids(person, beside, null, account);
      writer.block().add(row, id, ids, source, kind, flags, place);
      events++;
    } else {
      calls.add(
          row, id, new CallRows.Ids(person, beside, previous(row), account), source, flags, place);
    }
  }

  private @Nullable Integer previous(Incoming row) {
    String id = row.previousId();
    return row.type() == EventType.ALIAS && id != null ? people.number(id) : null;
  }

  private void catchUp() {
    if (people.isBehind() || accounts.isBehind()) {
      writer.await();
      people.catchUp(db);
      accounts.catchUp(db);
    }
  }

  void reject(Rejected row, int source) {
    rejected.merge(row.reason(), 1L, Long::sum);
    boolean kept = row.reason().isKept();
    if (kept && (erased.isEmpty() || Mentions.of(row.body()).stream().noneMatch(erased::has))) {
      rejects.add(row, source);
    }
  }

  /// Events were stored beside it.
  void stored(long rows) {
    events += rows;
    appended += rows;
  }

  /// Writes the events and ids that it has, so that the database sees them.
  void write() {
    writer.finish();
    people.write(db);
  }

  /// Writes everything; nothing can be added afterwards.
  void finish() {
    writer.finish();
    writer.close();
    calls.close();
    kinds.write(db);
    rejects.close();
    people.write(db);
    accounts.write(db);
    checkArrived();
  }

  /// Fails when the database has not got every event that was appended.
  private void checkArrived() {
    long arrived = db.number("SELECT COUNT(*) FROM event WHERE import = " + number);
    if (arrived != events) {
      throw new IllegalStateException(
          "%d of %d appended events arrived in the store".formatted(arrived, events));
    }
  }

  /// How many records were appended.
  long appended() {
    return appended;
  }

  Map<RejectReason, Long> rejected() {
    return rejected;
  }

  /// Gives up what is not written.
  @Override
  public void close() {
    List.of(writer, calls, rejects).forEach(RecordRows::abandon);
  }

  /// Closes a part of an import that is being undone; what it says no longer matters.
  private static void abandon(AutoCloseable part) {
    try {
      part.close();
    } catch (StoreException e) {
      return;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
