package io.pulso.server.ingest;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a process that reads a file tells the one that stores it: pieces of bytes, each with a kind
/// and a length that is bounded before anything is read.
public final class Frames {
  private static final int MOST = 64 << 20;
  private static final List<Kind> KINDS = List.of(Kind.values());

  private Frames() {}

  /// What a piece is.
  public enum Kind {
    /// Checked records and rejected ones, as [ArrivalCodec] writes them.
    ARRIVAL,
    /// How far it is: bytes and records, with a blank between.
    REACHED,
    /// How the file is read, for people.
    MAPPING,
    /// What is wrong with the file, for people; the last piece.
    FAULT,
    /// All was read: the last piece.
    END
  }

  /// One piece.
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Frame(Kind kind, byte[] bytes) {
    public String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  public static void write(OutputStream out, Kind kind, byte[] bytes) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeByte(KINDS.indexOf(kind));
    data.writeInt(bytes.length);
    data.write(bytes);
    data.flush();
  }

  /// The next piece; null at the end. What cannot be one is an `IOException`.
  public static @Nullable Frame read(InputStream in) throws IOException {
    int kind = in.read();
    if (kind < 0) {
      return null;
    }
    DataInputStream data = new DataInputStream(in);
    int length = data.readInt();
    if (kind >= KINDS.size() || length < 0 || length > MOST) {
      throw new IOException("the reading process wrote something else than pieces");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the reading process ended in the middle of a piece");
    }
    return new Frame(KINDS.get(kind), bytes);
  }
}
