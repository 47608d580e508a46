package io.pulso.server.ingest;

import io.pulso.server.store.RejectReason;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The rows of delimited text as in RFC 4180, with `\n`, `\r\n` or `\r` at their ends. Empty lines
/// are no rows. A row that breaks the rules for quotes costs its first line alone: reading goes on
/// at the next line.
final class CsvRows implements Records {
  /// In place of a delimiter: fields are parted by any number of blanks and tabs, without quotes.
  static final byte BLANKS = ' ';

  private static final byte QUOTE = '"';

  private final Window window;
  private final byte delimiter;
  private final Slice record = new Slice();
  private final Slice field = new Slice();
  private int[] from = new int[64];
  private int[] to = new int[64];
  private boolean[] doubled = new boolean[64];
  private byte[] unquoted = new byte[256];
  private int fields;
  private long line;
  private long nextLine = 1;
  private @Nullable RowFault fault;

  CsvRows(Window window, byte delimiter) {
    this.window = window;
    this.delimiter = delimiter;
  }

  /// How many fields the row has.
  int width() {
    return fields;
  }

  /// The text of a field without its quotes.
  Slice field(int column) {
    field.set(window.bytes, window.start + from[column], window.start + to[column]);
    return doubled[column] ? unquote(field) : field;
  }

  private Slice unquote(Slice quoted) {
    if (unquoted.length < quoted.length()) {
      unquoted = new byte[quoted.length() * 2];
    }
    int length = 0;
    for (int i = quoted.from; i < quoted.to; i++) {
      byte c = quoted.bytes[i];
      unquoted[length++] = c;
      i += c == QUOTE ? 1 : 0;
    }
    return quoted.set(unquoted, 0, length);
  }

  @Override
  public boolean next() throws IOException {
    fault = null;
    do {
      window.start = window.pos;
      line = nextLine;
      fields = 0;
      if (window.pos == window.limit && !window.more()) {
        return false;
      }
      row();
    } while (fault == null && (record.isEmpty() || fields == 0));
    return true;
  }

  private void row() throws IOException {
    boolean more = true;
    while (more && fault == null) {
      grow();
      if (delimiter == BLANKS) {
        more = blankField();
      } else if (peek() == QUOTE) {
        more = quotedField();
      } else {
        more = plainField();
      }
    }
  }

  /// The next byte, or 0 at the end of the file.
  private byte peek() throws IOException {
    return window.pos < window.limit || window.more() ? window.bytes[window.pos] : 0;
  }

  private boolean plainField() throws IOException {
    int begin = window.pos - window.start;
    while (true) {
      byte[] bytes = window.bytes;
      int pos = window.pos;
      int limit = window.limit;
      while (pos < limit) {
        byte c = bytes[pos];
        if (c == delimiter || c == '\n' || c == '\r') {
          break;
        }
        pos++;
      }
      window.pos = pos;
      if (pos < limit) {
        return close(begin, pos - window.start, false);
      }
      if (window.full()) {
        return tooLong();
      }
      if (!window.more()) {
        return close(begin, window.pos - window.start, false);
      }
    }
  }

  private boolean quotedField() throws IOException {
    window.pos++;
    int begin = window.pos - window.start;
    boolean twice = false;
    while (true) {
      int quote = Scan.find(window.bytes, QUOTE, window.pos, window.limit);
      window.pos = quote < 0 ? window.limit : quote + 1;
      if (quote < 0) {
        if (window.full() || !window.more()) {
          return broken("a quote is opened here and never closed");
        }
      } else if (peek() == QUOTE) {
        twice = true;
        window.pos++;
      } else {
        return afterQuote(begin, twice);
      }
    }
  }

  private boolean afterQuote(int begin, boolean twice) throws IOException {
    int end = window.pos - window.start - 1;
    byte c = peek();
    boolean ends = window.pos == window.limit || c == delimiter || c == '\n' || c == '\r';
    return ends ? close(begin, end, twice) : broken("text follows a closing quote");
  }

  private boolean blankField() throws IOException {
    while (peek() == ' ' || peek() == '\t') {
      window.pos++;
    }
    int begin = window.pos - window.start;
    byte c = peek();
    while (c > ' ' || c < 0 || (c == 0 && window.pos < window.limit)) {
      window.pos++;
      if (window.full()) {
        return tooLong();
      }
      c = peek();
    }
    int end = window.pos - window.start;
    if (c == ' ' || c == '\t') {
      while (peek() == ' ' || peek() == '\t') {
        window.pos++;
      }
      c = peek();
    }
    boolean last = window.pos == window.limit || c == '\n' || c == '\r';
    if (end > begin) {
      set(begin, end, false);
    }
    return !last || endRow();
  }

  /// Keeps a field and passes over what ends it; false at the end of the row.
  private boolean close(int begin, int end, boolean twice) throws IOException {
    set(begin, end, twice);
    if (window.pos < window.limit && window.bytes[window.pos] == delimiter) {
      window.pos++;
      return true;
    }
    return endRow();
  }

  private void set(int begin, int end, boolean twice) {
    from[fields] = begin;
    to[fields] = end;
    doubled[fields] = twice;
    fields++;
  }

  private boolean endRow() throws IOException {
    int end = window.pos - window.start;
    if (window.pos < window.limit) {
      boolean carriage = window.bytes[window.pos++] == '\r';
      if (carriage && peek() == '\n') {
        window.pos++;
      }
    }
    record.set(window.bytes, window.start, window.start + end);
    nextLine += 1 + (delimiter == BLANKS ? 0 : inside(end));
    if (end > Window.LONGEST) {
      fault = Lines.tooLarge();
    }
    return false;
  }

  /// The line ends inside quoted fields.
  private int inside(int end) {
    int count = 0;
    int stop = window.start + end;
    int at = Scan.find(window.bytes, (byte) '\n', window.start, stop);
    while (at >= 0) {
      count++;
      at = Scan.find(window.bytes, (byte) '\n', at + 1, stop);
    }
    return count;
  }

  /// Gives the first line of the row up, and goes on behind it.
  private boolean broken(String what) {
    int end = Scan.find(window.bytes, (byte) '\n', window.start, window.limit);
    window.pos = end < 0 ? window.limit : end + 1;
    record.set(window.bytes, window.start, end < 0 ? window.limit : end);
    nextLine++;
    fault = end < 0 && window.full() ? Lines.tooLarge() : new RowFault(RejectReason.BAD_ROW, what);
    return false;
  }

  private boolean tooLong() throws IOException {
    byte[] head = Arrays.copyOfRange(window.bytes, window.start, window.start + 8 * 1024);
    window.skipLine();
    record.set(head, 0, head.length);
    nextLine++;
    fault = Lines.tooLarge();
    return false;
  }

  private void grow() {
    if (fields == from.length) {
      from = Arrays.copyOf(from, fields * 2);
      to = Arrays.copyOf(to, fields * 2);
      doubled = Arrays.copyOf(doubled, fields * 2);
    }
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public @Nullable RowFault fault() {
    return fault;
  }

  @Override
  public Slice record() {
    return record;
  }
}
