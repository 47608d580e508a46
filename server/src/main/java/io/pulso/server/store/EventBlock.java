package io.pulso.server.store;

import java.util.Arrays;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// Some hundred thousand events on their way into the store, column by column. They are written
/// sorted by person, so that the events of a person lie close together.
final class EventBlock {
  /// A row group of the database.
  static final int ROW_GROUP = 122_880;

  private static final int NONE = -1;

  /// Rows that there is room for at first. Most blocks are of a few events.
  private static final int FEW = 64;

  private final int number;
  private final int size;
  private int[] person = new int[FEW];
  private int[] anonymous = new int[FEW];
  private int[] account = new int[FEW];
  private int[] source = new int[FEW];
  private int[] kind = new int[FEW];
  private int[] flags = new int[FEW];
  private long[] seq = new long[FEW];
  private long[] occurredAt = new long[FEW];
  private long[] receivedAt = new long[FEW];
  private long[] messageHigh = new long[FEW];
  private long[] messageLow = new long[FEW];
  private double[] value = new double[FEW];
  private @Nullable String[] messageText = new @Nullable String[FEW];
  private @Nullable String[] channel = new @Nullable String[FEW];
  private @Nullable String[] properties = new @Nullable String[FEW];
  private @Nullable String[] context = new @Nullable String[FEW];
  private int rows;

  /// @param number that of the import of all rows
  /// @param size how many rows it takes at most
  EventBlock(int number, int size) {
    this.number = number;
    this.size = size;
  }

  int rows() {
    return rows;
  }

  boolean isFull() {
    return rows == size;
  }

  void add(
      Incoming row,
      MessageId message,
      CallRows.Ids ids,
      int sourceNumber,
      int kindNumber,
      int flagBits,
      long place) {
    if (rows == person.length) {
      grow(Math.min(size, rows * 4));
    }
    int i = rows++;
    person[i] = orNone(ids.person());
    anonymous[i] = orNone(ids.anonymous());
    account[i] = orNone(ids.account());
    source[i] = sourceNumber;
    kind[i] = kindNumber;
    flags[i] = flagBits;
    seq[i] = place;
    occurredAt[i] = row.occurredAt();
    receivedAt[i] = row.receivedAt();
    messageHigh[i] = message.high();
    messageLow[i] = message.low();
    messageText[i] = message.text();
    value[i] = row.value();
    channel[i] = row.channel();
    properties[i] = row.properties();
    context[i] = row.context();
  }

  private void grow(int room) {
    person = Arrays.copyOf(person, room);
    anonymous = Arrays.copyOf(anonymous, room);
    account = Arrays.copyOf(account, room);
    source = Arrays.copyOf(source, room);
    kind = Arrays.copyOf(kind, room);
    flags = Arrays.copyOf(flags, room);
    seq = Arrays.copyOf(seq, room);
    occurredAt = Arrays.copyOf(occurredAt, room);
    receivedAt = Arrays.copyOf(receivedAt, room);
    messageHigh = Arrays.copyOf(messageHigh, room);
    messageLow = Arrays.copyOf(messageLow, room);
    value = Arrays.copyOf(value, room);
    messageText = Arrays.copyOf(messageText, room);
    channel = Arrays.copyOf(channel, room);
    properties = Arrays.copyOf(properties, room);
    context = Arrays.copyOf(context, room);
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
    out.append(kind[i]).append(source[i]).append(number).append(seq[i]);
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
