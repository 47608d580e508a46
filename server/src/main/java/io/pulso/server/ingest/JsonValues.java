package io.pulso.server.ingest;

import io.pulso.server.store.RejectReason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The objects of a JSON array, or objects that follow each other, however they are broken into
/// lines. Only brackets and strings are looked at here, so that a value with a fault costs that
/// value alone.
final class JsonValues implements Records {
  private final Window window;
  private final Slice record = new Slice();
  private long line = 1;
  private long begun = 1;
  private boolean inArray;
  private @Nullable RowFault fault;

  JsonValues(Window window) {
    this.window = window;
  }

  @Override
  public boolean next() throws IOException {
    fault = null;
    if (!skipToValue()) {
      return false;
    }
    begun = line;
    boolean whole = window.bytes[window.pos] == '{' ? object() : other();
    if (record.length() > Window.LONGEST) {
      fault = Lines.tooLarge();
    } else if (!whole) {
      fault = new RowFault(RejectReason.BAD_JSON, "the file ends inside this value");
    }
    return true;
  }

  private boolean skipToValue() throws IOException {
    while (true) {
      window.start = window.pos;
      if (window.pos == window.limit && !window.more()) {
        return false;
      }
      byte c = window.bytes[window.pos];
      boolean opens = c == '[' && !inArray;
      if (!opens && c != ',' && c != ' ' && c != '\n' && c != '\r' && c != '\t' && c != ']') {
        return true;
      }
      inArray = opens || (inArray && c != ']');
      line += c == '\n' ? 1 : 0;
      window.pos++;
    }
  }

  /// Reads an object to its last bracket; false when the file ends before.
  private boolean object() throws IOException {
    int depth = 0;
    boolean inString = false;
    boolean escaped = false;
    int length = 0;
    while (true) {
      if (window.pos == window.limit && !refill()) {
        hold();
        return false;
      }
      byte c = window.bytes[window.pos++];
      length = Math.min(length + 1, Window.LONGEST + 1);
      line += c == '\n' ? 1 : 0;
      if (inString) {
        inString = escaped || c != '"';
        escaped = !escaped && c == '\\';
      } else if (c == '"') {
        inString = true;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
        if (depth == 0) {
          hold();
          return true;
        }
      }
    }
  }

  /// Reads what is no object up to the next comma or line end.
  private boolean other() throws IOException {
    while (window.pos < window.limit || refill()) {
      byte c = window.bytes[window.pos];
      if (c == ',' || c == '\n' || c == ']') {
        break;
      }
      window.pos++;
    }
    hold();
    return true;
  }

  /// Of a value that does not fit the first half is kept, enough to be told as too long.
  private boolean refill() throws IOException {
    if (!window.full()) {
      return window.more();
    }
    int kept = window.start + Window.LONGEST + 1;
    window.pos = kept;
    window.limit = kept;
    return window.more();
  }

  private void hold() {
    record.set(window.bytes, window.start, window.pos);
  }

  @Override
  public long line() {
    return begun;
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
