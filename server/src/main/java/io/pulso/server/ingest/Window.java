package io.pulso.server.ingest;

import java.io.IOException;
import java.io.InputStream;

/// A moving view of a stream: the bytes from the start of the current record on. A record longer
/// than [#LONGEST] does not fit and is never held.
final class Window {
  /// The bound of a line, a row or a JSON value; a batch of events is one value.
  static final int LONGEST = 500 * 1024;

  private static final int SIZE = 2 * LONGEST;

  final byte[] bytes = new byte[SIZE];

  /// Where the current record begins, where reading goes on, and where the bytes end.
  int start;

  int pos;
  int limit;

  private final InputStream in;

  Window(InputStream in) {
    this.in = in;
  }

  /// Reads more bytes and moves the record to the front; false at the end of the stream. Places
  /// relative to `start` stay right.
  boolean more() throws IOException {
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, limit - start);
      pos -= start;
      limit -= start;
      start = 0;
    }
    int room = SIZE - limit;
    int read = room == 0 ? -1 : in.read(bytes, limit, room);
    if (read <= 0) {
      return false;
    }
    limit += read;
    return true;
  }

  boolean full() {
    return pos - start > LONGEST;
  }

  /// Passes over the rest of a line that does not fit, its end included.
  void skipLine() throws IOException {
    do {
      int end = Scan.find(bytes, (byte) '\n', pos, limit);
      if (end >= 0) {
        pos = end + 1;
        start = pos;
        return;
      }
      pos = limit;
      start = pos;
    } while (more());
  }
}
