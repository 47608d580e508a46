package io.pulso.server.score;

import io.pulso.engine.model.Band;
import io.pulso.engine.score.Bands;
import io.pulso.engine.score.Kernel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/// Scores as CSV: RFC 4180 quoting, LF, UTF-8, exactly three decimals. A score that is unavailable
/// and its band are empty.
public final class ScoreCsv {
  private static final byte[] HEADER =
      "subject,as_of,model,version,score,band,inactive\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = ",true\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = ",false\n".getBytes(StandardCharsets.US_ASCII);
  private static final int ROOM = 1 << 16;

  private final OutputStream out;
  private byte[] buffer = new byte[ROOM];
  private int size;

  private ScoreCsv(OutputStream out) {
    this.out = out;
  }

  public static void write(ScoreTable table, OutputStream out) throws IOException {
    new ScoreCsv(out).write(table);
  }

  private void write(ScoreTable table) throws IOException {
    Bands bands = Bands.of(table.use().model());
    byte[][] ids = new byte[bands.size()][];
    for (int i = 0; i < ids.length; i++) {
      Band band = bands.get(i);
      ids[i] = ("," + quoted(band.id())).getBytes(StandardCharsets.UTF_8);
    }
    byte[] middle =
        ",%s,%s,%s,"
            .formatted(
                LocalDate.ofEpochDay(table.asOf()),
                quoted(table.use().model().name()),
                quoted(table.use().version()))
            .getBytes(StandardCharsets.UTF_8);
    bytes(HEADER);
    for (int row = 0; row < table.size(); row++) {
      text(table.ids()[row]);
      bytes(middle);
      long score = table.scores()[row];
      if (score == Kernel.UNAVAILABLE) {
        room(1);
        buffer[size++] = ',';
      } else {
        number(score);
        bytes(ids[bands.index(score)]);
      }
      bytes(table.inactive()[row] ? TRUE : FALSE);
    }
    out.write(buffer, 0, size);
    out.flush();
  }

  private void room(int bytes) throws IOException {
    if (size + bytes > buffer.length) {
      out.write(buffer, 0, size);
      size = 0;
      if (bytes > buffer.length) {
        buffer = new byte[bytes];
      }
    }
  }

  private void bytes(byte[] bytes) throws IOException {
    room(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  /// Plain letters go straight into the buffer; all else takes the long way.
  private void text(String text) throws IOException {
    int length = text.length();
    room(length);
    int start = size;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || c == '"' || c == ',' || c == '\n' || c == '\r') {
        size = start;
        bytes(quoted(text).getBytes(StandardCharsets.UTF_8));
        return;
      }
      buffer[size++] = (byte) c;
    }
  }

  /// A cell as RFC 4180 wants it.
  public static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }

  /// Milli-points with three decimals.
  private void number(long milli) throws IOException {
    room(24);
    long rest = milli;
    if (rest < 0) {
      buffer[size++] = '-';
      rest = -rest;
    }
    int end = size + Math.max(5, digits(rest) + 1);
    int at = end;
    for (int i = 0; at > size; i++) {
      if (i == 3) {
        buffer[--at] = '.';
      } else {
        buffer[--at] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
    size = end;
  }

  private static int digits(long number) {
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
