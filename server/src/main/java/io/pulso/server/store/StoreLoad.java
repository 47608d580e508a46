package io.pulso.server.store;

import io.pulso.engine.event.EventType;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;

/// An import in one transaction. Events gather in blocks that are written sorted by person.
final class StoreLoad implements Load {
  static final int FLAG_USER = 4;

  private final Db db;
  private final int source;
  private final String files;
  private final Clock clock;
  private final IntConsumer renewal;
  private final int number;
  private final Dictionary people;
  private final Dictionary accounts;
  private final Kinds kinds;
  private final CallRows calls;
  private final RejectedRows rejects;
  private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
  private final BlockWriter writer;
  private long events;
  private long appended;

  /// The place in the import of the next row.
  private long seq;

  /// The file whose rows have their places already, and that of its first row.
  private int plainFile = -1;

  private long plainSeq;
  private boolean open = true;

  /// @param renewal makes anew what is derived from the records of the import with that number
  StoreLoad(Db db, int source, String files, Clock clock, IntConsumer renewal) {
    this.db = db;
    this.source = source;
    this.files = files;
    this.clock = clock;
    this.renewal = renewal;
    db.run("BEGIN TRANSACTION");
    number = (int) db.number("SELECT COALESCE(MAX(no), 0) + 1 FROM import");
    people = Dictionary.open(db, "person");
    accounts = Dictionary.open(db, "account");
    kinds = Kinds.read(db);
    calls = new CallRows(db, source, number);
    rejects = new RejectedRows(db, source, number, clock.instant());
    writer = new BlockWriter(db, source, number);
  }

  @Override
  public void append(Incoming row) {
    catchUp();
    long place = row.file() == plainFile ? plainSeq + row.line() - 1 : seq++;
    appended++;
    Integer user = row.userId() == null ? null : people.number(row.userId());
    Integer anonymous = row.anonymousId() == null ? null : people.number(row.anonymousId());
    Integer account = row.groupId() == null ? null : accounts.number(row.groupId());
    int flags = row.flags() | (user != null ? FLAG_USER : 0);
    Integer person = user != null ? user : anonymous;
    Integer beside = user != null ? anonymous : null;
    if (row.type().isEvent()) {
      int kind = kinds.number(row.type(), row.event(), row.name());
      writer.block().add(row, new CallRows.Ids(person, beside, null, account), kind, flags, place);
      events++;
    } else {
      Integer previous =
          row.type() == EventType.ALIAS && row.previousId() != null
              ? people.number(row.previousId())
              : null;
      calls.add(row, new CallRows.Ids(person, beside, previous, account), flags, place);
    }
  }

  private void catchUp() {
    if (people.isBehind() || accounts.isBehind()) {
      writer.await();
      people.catchUp(db);
      accounts.catchUp(db);
    }
  }

  @Override
  public long[] plain(PlainFile file, LongConsumer done) {
    writer.finish();
    people.write(db);
    plainFile = file.number();
    plainSeq = seq;
    seq += file.rows();
    PlainLoad load = new PlainLoad(db, file, kinds, people, source, number);
    long[] left = load.load(plainSeq, done);
    events += file.rows() - left.length;
    appended += file.rows() - left.length;
    return left;
  }

  @Override
  public void reject(Rejected row) {
    rejected.merge(row.reason(), 1L, Long::sum);
    rejects.add(row);
  }

  @Override
  public Counts commit() {
    writer.finish();
    writer.close();
    calls.close();
    kinds.write(db);
    rejects.close();
    people.write(db);
    accounts.write(db);
    checkArrived();
    long duplicates = new Duplicates(db, number).remove();
    long bad = rejected.values().stream().mapToLong(Long::longValue).sum();
    db.run(
        "INSERT INTO import VALUES (?, ?, ?, make_timestamptz(?), ?, ?, ?)",
        number,
        source,
        files,
        clock.millis() * 1000,
        appended + bad,
        appended - duplicates,
        duplicates);
    rejected.forEach((reason, rows) ->
        db.run("INSERT INTO import_rejected VALUES (?, ?, ?)", number, reason.word(), rows));
    renewal.accept(number);
    db.run("COMMIT");
    open = false;
    return new Counts(appended - duplicates, duplicates);
  }

  /// Fails when the database has not got every event that was appended.
  private void checkArrived() {
    long arrived = db.number("SELECT COUNT(*) FROM event WHERE import = " + number);
    if (arrived != events) {
      throw new IllegalStateException(
          "%d of %d appended events arrived in the store".formatted(arrived, events));
    }
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    List.of(writer, calls, rejects).forEach(StoreLoad::abandon);
    db.rollback();
  }

  /// Closes a part of an import that is being undone; what it says no longer matters.
  private static void abandon(AutoCloseable part) {
    try {
      part.close();
    } catch (SQLException | StoreException e) {
      return;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
