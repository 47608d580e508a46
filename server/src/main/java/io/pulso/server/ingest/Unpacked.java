package io.pulso.server.ingest;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import io.pulso.server.event.InputException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The bytes of an input as text: gzip and Zstandard are undone, told by the first bytes and
/// whatever the name is. A file that grows beyond all reason is refused while it is read.
final class Unpacked extends InputStream {
  private static final int BUFFER = 128 * 1024;
  private static final int MOST_TIMES = 100;

  /// Below this size a file may grow by any factor.
  private static final long HARMLESS = 64L << 20;

  private final String name;
  private final Counted packed;
  private final InputStream in;
  private final boolean compressed;
  private final long most;
  private long bytes;

  private Unpacked(String name, Counted packed, InputStream in, boolean compressed, long most) {
    this.name = name;
    this.packed = packed;
    this.in = in;
    this.compressed = compressed;
    this.most = most;
  }

  static Unpacked open(String name, InputStream raw, long most) {
    Counted counted = new Counted(raw);
    try {
      byte[] head = counted.readNBytes(8);
      InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), counted);
      if (begins(head, 0x1f, 0x8b)) {
        return new Unpacked(name, counted, new GZIPInputStream(whole, BUFFER), true, most);
      }
      if (begins(head, 0x28, 0xb5, 0x2f, 0xfd)) {
        return new Unpacked(name, counted, new ZstdInputStream(whole), true, most);
      }
      refuse(name, head);
      return new Unpacked(name, counted, whole, false, most);
    } catch (IOException e) {
      throw broken(name, e);
    }
  }

  private static void refuse(String name, byte[] head) {
    if (begins(head, 'P', 'K', 3, 4)) {
      throw new InputException(
          name + ": is a ZIP file (or a spreadsheet); unpack it, or save the sheet as CSV");
    }
    if (begins(head, 'B', 'Z', 'h') || begins(head, 0xfd, '7', 'z', 'X', 'Z')) {
      throw new InputException(name + ": is packed with bzip2 or xz; use gzip or zstd");
    }
  }

  static boolean begins(byte[] head, int... bytes) {
    if (head.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((head[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /// How many bytes of the file itself were read.
  long packedBytes() {
    return packed.bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read;
    try {
      read = in.read(into, offset, length);
    } catch (EOFException | ZipException | ZstdIOException e) {
      throw broken(name, e);
    }
    if (read > 0) {
      bytes += read;
      check();
    }
    return read;
  }

  private void check() {
    if (bytes > most) {
      throw new InputException(name + ": holds more than " + most + " bytes, which is the limit");
    }
    if (compressed && bytes > HARMLESS && bytes / MOST_TIMES > packed.bytes) {
      throw new InputException(
          name
              + ": grows to more than "
              + MOST_TIMES
              + " times its size; if you trust it, unpack it first and import that");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
    packed.close();
  }

  private static InputException broken(String name, IOException e) {
    String what =
        switch (e) {
          case EOFException eof -> "ends too early; the file was cut off";
          case ZstdIOException zstd -> "is damaged or cut off: " + zstd.getMessage();
          case ZipException zip -> "is damaged: " + zip.getMessage();
          default -> "cannot be read: " + e.getMessage();
        };
    return new InputException(name + ": " + what, e);
  }

  /// All bytes of the beginning of a stream, at most so many.
  static byte[] head(InputStream in, int most) throws IOException {
    byte[] head = new byte[most];
    int length = in.readNBytes(head, 0, most);
    return Arrays.copyOf(head, length);
  }

  /// Counts what passes.
  private static final class Counted extends FilterInputStream {
    private long bytes;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      bytes += one < 0 ? 0 : 1;
      return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      bytes += Math.max(read, 0);
      return read;
    }
  }
}
