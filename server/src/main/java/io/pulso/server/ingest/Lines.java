package io.pulso.server.ingest;

import io.pulso.server.store.RejectReason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The lines of a file that are not blank.
final class Lines implements Records {
  private static final int KEPT = 8 * 1024;

  private final Window window;
  private final Slice record = new Slice();
  private long line;
  private @Nullable RowFault fault;

  Lines(Window window) {
    this.window = window;
  }

  @Override
  public boolean next() throws IOException {
    fault = null;
    do {
      if (!nextLine()) {
        return false;
      }
    } while (blank());
    return true;
  }

  private boolean nextLine() throws IOException {
    window.start = window.pos;
    line++;
    while (true) {
      int end = Scan.find(window.bytes, (byte) '\n', window.pos, window.limit);
      if (end >= 0) {
        window.pos = end + 1;
        keep(end);
        return true;
      }
      window.pos = window.limit;
      if (window.full()) {
        tooLong();
        return true;
      }
      if (!window.more()) {
        keep(window.limit);
        return window.start < window.limit;
      }
    }
  }

  private void keep(int end) {
    record.set(window.bytes, window.start, end);
    if (record.length() > Window.LONGEST) {
      fault = tooLarge();
    }
  }

  private void tooLong() throws IOException {
    byte[] head = new byte[KEPT];
    System.arraycopy(window.bytes, window.start, head, 0, KEPT);
    window.skipLine();
    record.set(head, 0, KEPT);
    fault = tooLarge();
  }

  static RowFault tooLarge() {
    return new RowFault(
        RejectReason.TOO_LARGE,
        "longer than " + Window.LONGEST / 1024 + " KB, which no record may be");
  }

  private boolean blank() {
    while (!record.isEmpty()
        && record.bytes[record.to - 1] <= ' '
        && record.bytes[record.to - 1] > 0) {
      record.to--;
    }
    return record.isEmpty();
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
