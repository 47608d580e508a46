package io.pulso.server.store;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// The rejected rows of one import on their way into the store. Each reason keeps its first rows;
/// beyond that they are only counted.
final class RejectedRows implements AutoCloseable {
  private static final int KEPT_PER_REASON = 200_000;

  private final Db db;
  private final int number;
  private final long now;
  private final Map<RejectReason, Integer> kept = new EnumMap<>(RejectReason.class);
  private @Nullable DuckDBAppender out;
  private long next;

  RejectedRows(Db db, int number, Instant now) {
    this.db = db;
    this.number = number;
    this.now = now.toEpochMilli() * 1000;
    this.next = db.number("SELECT COALESCE(MAX(no), 0) + 1 FROM rejected");
  }

  void add(Rejected row, int source) {
    if (kept.merge(row.reason(), 1, Integer::sum) > KEPT_PER_REASON) {
      return;
    }
    db.appending(() -> {
      if (out == null) {
        out = db.appender(null, "rejected");
      }
      out.beginRow().append(next++).append(number).append(source).append(row.file());
      out.append(row.line()).append(row.reason().word()).append(row.detail());
      out.append(row.body()).appendEpochMicros(now).append(false).endRow();
    });
  }

  @Override
  public void close() {
    DuckDBAppender last = out;
    if (last != null) {
      out = null;
      db.appending(last::close);
    }
  }
}
