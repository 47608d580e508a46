package io.pulso.server.store;

import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// The identify, group and alias calls of one import on their way into the store.
final class CallRows implements AutoCloseable {
  private final Db db;
  private final int number;
  private @Nullable DuckDBAppender out;

  /// The numbers of the ids of one call.
  record Ids(
      @Nullable Integer person,
      @Nullable Integer anonymous,
      @Nullable Integer previous,
      @Nullable Integer account) {}

  CallRows(Db db, int number) {
    this.db = db;
    this.number = number;
  }

  void add(Incoming row, MessageId message, Ids ids, int source, int flags, long seq) {
    db.appending(() -> {
      DuckDBAppender to = appender();
      to.beginRow().append(row.type().word());
      to.append(ids.person()).append(ids.anonymous()).append(ids.previous());
      to.append(ids.account()).append(source).append(number).append(seq);
      to.appendEpochMicros(row.occurredAt());
      if (row.receivedAt() == Incoming.ASSUMED) {
        to.appendNull();
      } else {
        to.appendEpochMicros(row.receivedAt());
      }
      to.appendUUID(message.high(), message.low()).append(message.text());
      to.append(flags).append(0).append(row.traits()).append(row.context()).endRow();
    });
  }

  private DuckDBAppender appender() {
    if (out == null) {
      out = db.appender(null, "call");
    }
    return out;
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
