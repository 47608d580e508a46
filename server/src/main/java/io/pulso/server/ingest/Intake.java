package io.pulso.server.ingest;

import io.pulso.server.store.Incoming;
import io.pulso.server.store.PlainFile;
import io.pulso.server.store.RejectReason;
import io.pulso.server.store.Rejected;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/// Where decoded records and faults go: they are counted here and handed on in batches.
final class Intake implements Outlet {
  private final Conveyor conveyor;
  private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
  private Conveyor.Batch batch = new Conveyor.Batch();
  private String fileName = "";
  private String header = "";
  private int file = -1;
  private long read;
  private long kept;

  Intake(Conveyor conveyor) {
    this.conveyor = conveyor;
  }

  void begin(int number, String name) {
    file = number;
    fileName = name;
    header = "";
  }

  /// The row that names the columns; it stands above the rows that are rejected, so that each can
  /// be understood and read again alone.
  void header(String row) {
    header = row + '\n';
  }

  @Override
  public int file() {
    return file;
  }

  @Override
  public String fileName() {
    return fileName;
  }

  @Override
  public void keep(Incoming row) {
    read++;
    kept++;
    batch.rows.add(row);
    if (batch.rows.size() == Conveyor.Batch.SIZE) {
      flush();
    }
  }

  /// Hands rows of a file over all at once.
  ///
  /// @return the places of those that must be kept or rejected one by one
  long[] plain(PlainFile rows, LongConsumer done) {
    flush();
    long[] left = conveyor.plain(rows, done);
    read += rows.rows() - left.length;
    kept += rows.rows() - left.length;
    return left;
  }

  @Override
  public void reject(long line, RowFault fault, Slice body) {
    read++;
    rejected.merge(fault.reason(), 1L, Long::sum);
    batch.rejects.add(
        new Rejected(fileName, line, fault.reason(), fault.detail(), KeptBody.of(header, body)));
    if (batch.rejects.size() == Conveyor.Batch.SIZE) {
      flush();
    }
  }

  void flush() {
    conveyor.put(batch);
    batch = new Conveyor.Batch();
  }

  long read() {
    return read;
  }

  long kept() {
    return kept;
  }

  SortedMap<RejectReason, Long> rejected() {
    return new TreeMap<>(rejected);
  }
}
