package io.pulso.server.store;

import java.util.Arrays;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// Some hundred thousand events on their way into the store, column by column. They are written
/// sorted by person, so that the events of a person lie close together.
final class EventBlock {
  /// Four row groups of the database.
  static final int SIZE = 4 * 122_880;

  private static final int NONE = -1;

  private final int source;
  private final int number;
  private final int[] person = new int[SIZE];
  private final int[] anonymous = new int[SIZE];
  private final int[] account = new int[SIZE];
  private final int[] kind = new int[SIZE];
  private final int[] flags = new int[SIZE];
  private final long[] seq = new long[SIZE];
  private final long[] occurredAt = new long[SIZE];
  private final long[] receivedAt = new long[SIZE];
  private final long[] messageHigh = new long[SIZE];
  private final long[] messageLow = new long[SIZE];
  private final double[] value = new double[SIZE];
  private final @Nullable String[] messageText = new @Nullable String[SIZE];
  private final @Nullable String[] channel = new @Nullable String[SIZE];
  private final @Nullable String[] properties = new @Nullable String[SIZE];
  private final @Nullable String[] context = new @Nullable String[SIZE];
  private int rows;

  /// @param source the number of the source of all rows
  /// @param number that of their import
  EventBlock(int source, int number) {
    this.source = source;
    this.number = number;
  }

  int rows() {
    return rows;
  }

  boolean isFull() {
    return rows == SIZE;
  }

  void add(Incoming row, CallRows.Ids ids, int kindNumber, int flagBits, long place) {
    int i = rows++;
    person[i] = orNone(ids.person());
    anonymous[i] = orNone(ids.anonymous());
    account[i] = orNone(ids.account());
    kind[i] = kindNumber;
    flags[i] = flagBits;
    seq[i] = place;
    occurredAt[i] = row.occurredAt();
    receivedAt[i] = row.receivedAt();
    MessageId message = MessageId.of(row.messageId());
    messageHigh[i] = message.high();
    messageLow[i] = message.low();
    messageText[i] = message.text();
    value[i] = row.value();
    channel[i] = row.channel();
    properties[i] = row.properties();
    context[i] = row.context();
  }

  private static int orNone(@Nullable Integer number) {
    return number == null ? NONE : number;
  }

  /// Writes all rows and empties the block.
  void write(Db db) {
    long[] order = new long[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = ((long) person[i] << 32) | i;
    }
    Arrays.sort(order);
    Db.tried(
        "append events",
        () -> {
          try (DuckDBAppender out = db.appender(null, "event")) {
            for (long place : order) {
              db.appending(() -> row(out, (int) place));
            }
            db.appending(out::flush);
          }
          return true;
        });
    Arrays.fill(properties, 0, rows, null);
    Arrays.fill(context, 0, rows, null);
    Arrays.fill(messageText, 0, rows, null);
    rows = 0;
  }

  private void row(DuckDBAppender out, int i) throws java.sql.SQLException {
    out.beginRow();
    number(out, person[i]);
    number(out, anonymous[i]);
    number(out, account[i]);
    out.append(kind[i]).append(source).append(number).append(seq[i]);
    out.appendEpochMicros(occurredAt[i]);
    if (receivedAt[i] == Incoming.ASSUMED) {
      out.appendNull();
    } else {
      out.appendEpochMicros(receivedAt[i]);
    }
    out.appendUUID(messageHigh[i], messageLow[i]);
    text(out, messageText[i]);
    text(out, channel[i]);
    if (Double.isNaN(value[i])) {
      out.appendNull();
    } else {
      out.append(value[i]);
    }
    out.append(flags[i]).append(0);
    text(out, properties[i]);
    text(out, context[i]);
    out.endRow();
  }

  private static void number(DuckDBAppender out, int number) throws java.sql.SQLException {
    if (number == NONE) {
      out.appendNull();
    } else {
      out.append(number);
    }
  }

  private static void text(DuckDBAppender out, @Nullable String text) throws java.sql.SQLException {
    if (text == null) {
      out.appendNull();
    } else {
      out.append(text);
    }
  }
}
