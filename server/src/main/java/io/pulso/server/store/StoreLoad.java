package io.pulso.server.store;

import java.time.Clock;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;

/// An import in one transaction. Events gather in blocks that are written sorted by person.
final class StoreLoad implements Load {
  private static final int BLOCK = 4 * EventBlock.ROW_GROUP;

  private final Db db;
  private final int source;
  private final String files;
  private final Clock clock;
  private final IntConsumer renewal;
  private final int number;
  private final RecordRows records;

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
    db.begin();
    number = Imports.next(db);
    records = new RecordRows(db, number, BLOCK, clock.instant());
  }

  @Override
  public void append(Incoming row) {
    if (records.refuses(row)) {
      return;
    }
    long place = row.file() == plainFile ? plainSeq + row.line() - 1 : seq++;
    records.append(row, MessageId.of(row.messageId()), source, place);
  }

  @Override
  public long[] plain(PlainFile file, LongConsumer done) {
    records.write();
    plainFile = file.number();
    plainSeq = seq;
    seq += file.rows();
    PlainLoad load = new PlainLoad(db, file, records, source, number);
    long[] left = load.load(plainSeq, done);
    records.stored(file.rows() - left.length);
    return left;
  }

  @Override
  public void reject(Rejected row) {
    records.reject(row, source);
  }

  @Override
  public Counts commit() {
    records.finish();
    long duplicates = new Duplicates(db, number).remove();
    ToldTotals.Settled totals = new ToldTotals(db, source, number).settle();
    duplicates += totals.own();
    Imports.add(
        db,
        new Imports.Row(
            number,
            source,
            files,
            clock.instant(),
            records.appended(),
            duplicates,
            records.rejected()));
    renewal.accept(number);
    db.commit();
    open = false;
    long erased = records.rejected().getOrDefault(RejectReason.ERASED, 0L);
    return new Counts(records.appended() - duplicates, duplicates, erased, totals.replaced());
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    records.close();
    db.rollback();
  }
}
