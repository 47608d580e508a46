package io.pulso.server.ingest;

import io.pulso.server.store.Incoming;
import io.pulso.server.store.PlainFile;
import io.pulso.server.store.RejectReason;
import io.pulso.server.store.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/// Where decoded records and faults go: they are counted here and handed on in batches.
final class Intake {
  private static final int LARGEST_BODY = 8 * 1024;
  private static final Pattern KEY =
      Pattern.compile("(\"(?:writeKey|api_key|token)\"\\s*:\\s*)\"[^\"]*\"");

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

  /// The number of the file that is being read.
  int file() {
    return file;
  }

  String fileName() {
    return fileName;
  }

  void keep(Incoming row) {
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

  void reject(long line, RowFault fault, Slice body) {
    int length = Math.min(body.length(), LARGEST_BODY);
    reject(line, fault, header + new String(body.bytes, body.from, length, StandardCharsets.UTF_8));
  }

  private void reject(long line, RowFault fault, String body) {
    read++;
    rejected.merge(fault.reason(), 1L, Long::sum);
    batch.rejects.add(
        new Rejected(fileName, line, fault.reason(), fault.detail(), cut(withoutKeys(body))));
    if (batch.rejects.size() == Conveyor.Batch.SIZE) {
      flush();
    }
  }

  /// Keys that let somebody write are not kept.
  private static String withoutKeys(String body) {
    boolean may = body.contains("riteKey") || body.contains("api_key") || body.contains("token");
    return may ? KEY.matcher(body).replaceAll("$1\"[removed]\"") : body;
  }

  private static String cut(String body) {
    if (body.length() <= LARGEST_BODY / 4) {
      return body;
    }
    byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
    int end = Math.min(utf8.length, LARGEST_BODY);
    while (end > 0 && end < utf8.length && (utf8[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(utf8, 0, end, StandardCharsets.UTF_8);
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
