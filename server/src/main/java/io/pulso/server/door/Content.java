package io.pulso.server.door;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The bytes of a body, or why there are none.
@SuppressWarnings("ArrayRecordComponent") // bodies are handed on, never compared
sealed interface Content {
  record Whole(byte[] bytes) implements Content {}

  /// There are more bytes than are taken.
  ///
  /// @param begin the first bytes, as far as they can be read by people
  record TooLarge(byte[] begin, String detail) implements Content {}

  record Unreadable(byte[] begin, String detail) implements Content {}

  /// The sender was slower than the doors wait.
  record TooSlow() implements Content {}

  byte[] NONE = new byte[0];
  int CHUNK = 8 * 1024;

  /// Reads a body and unpacks it where it is packed, whatever its headers say.
  ///
  /// @param expected how many bytes it says to have; -1 where it does not say
  /// @param most the bytes that it may have, packed and unpacked
  /// @param deadline the last nanosecond of a clock at which it may still be read
  static Content read(InputStream in, int expected, int most, LongSupplier clock, long deadline)
      throws IOException {
    // One more than there should be, so that its end is seen.
    byte[] bytes = new byte[expected < 0 ? CHUNK : Math.min(expected, CHUNK) + 1];
    int size = 0;
    for (int n = in.read(bytes); n >= 0; n = in.read(bytes, size, bytes.length - size)) {
      size += n;
      if (size > most) {
        byte[] begin = Arrays.copyOf(bytes, Math.min(size, CHUNK));
        return tooLarge(isPacked(begin) ? NONE : begin, most, "");
      }
      if (clock.getAsLong() - deadline > 0) {
        return new TooSlow();
      }
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * size);
      }
    }
    return unpacked(Arrays.copyOf(bytes, size), most);
  }

  /// The same bytes, unpacked where they are packed.
  static Content unpacked(byte[] bytes, int most) {
    return isPacked(bytes) ? unpack(bytes, most) : new Whole(bytes);
  }

  private static boolean isPacked(byte[] bytes) {
    return bytes.length > 2 && bytes[0] == 0x1F && bytes[1] == (byte) 0x8B;
  }

  private static Content unpack(byte[] packed, int most) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(packed.length * 4);
    byte[] chunk = new byte[CHUNK];
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        out.write(chunk, 0, n);
        if (out.size() > most) {
          return tooLarge(begin(out), most, " unpacked");
        }
      }
      return new Whole(out.toByteArray());
    } catch (ZipException e) {
      return new Unreadable(NONE, "the body is no whole gzip stream: " + e.getMessage());
    } catch (EOFException e) {
      return new Unreadable(begin(out), "the gzip stream is cut off");
    } catch (IOException e) {
      return new Unreadable(begin(out), "the body is no whole gzip stream");
    }
  }

  private static byte[] begin(ByteArrayOutputStream out) {
    return Arrays.copyOf(out.toByteArray(), Math.min(out.size(), CHUNK));
  }

  private static Content tooLarge(byte[] begin, int most, String how) {
    return new TooLarge(begin, "a request may have " + most + " bytes" + how + ", this has more");
  }
}
