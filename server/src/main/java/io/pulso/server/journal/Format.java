package io.pulso.server.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The bytes of a segment file, big-endian.
///
/// ```
/// file    magic "PULSOJNL" 8 · format version 4 · base position 8 · CRC32C of these 4 · records
/// record  length 4 · CRC32C of what follows and of the position 4 · bytes since its group began 4 · payload
/// ```
///
/// A position counts the bytes of all records ever written, so a record stands at its position less
/// the base of its file. The position in the checksum tells a record from the same bytes elsewhere.
/// What came before a group was on disk before it: a good record of a later group proves that
/// earlier bytes were acknowledged.
final class Format {
  static final int HEADER = 24;
  static final int PREFIX = 12;
  static final int VERSION = 1;

  /// No record is longer, whatever the settings are: the first byte of a length is always 0.
  static final int LARGEST = (1 << 24) - 1;

  private static final long MAGIC = 0x50554C534F4A4E4CL;

  private Format() {}

  static ByteBuffer header(long base, int version) {
    ByteBuffer header = ByteBuffer.allocate(HEADER).putLong(MAGIC).putInt(version).putLong(base);
    CRC32C sum = new CRC32C();
    sum.update(header.array(), 0, header.position());
    return header.putInt((int) sum.getValue()).flip();
  }

  /// The version that a header says, or 0 when it is none of this base.
  static int version(ByteBuffer header, long base) {
    if (header.remaining() < HEADER) {
      return 0;
    }
    int version = header.getInt(Long.BYTES);
    return header.equals(header(base, version)) ? version : 0;
  }

  /// Appends a record that begins at a position, `back` bytes after its group.
  static void put(ByteBuffer out, long position, int back, byte[] payload) {
    int at = out.position();
    out.putInt(payload.length).putInt(0).putInt(back).put(payload);
    out.putInt(at + 4, sum(out, at, payload.length, position));
  }

  /// The length that stands at this index, or -1 when no record has such a length.
  static int length(ByteBuffer in, int at) {
    int length = in.getInt(at);
    return length >= 1 && length <= LARGEST ? length : -1;
  }

  /// Whether the record at this index is the one that was written at this position.
  static boolean isGood(ByteBuffer in, int at, int length, long position) {
    int back = in.getInt(at + 8);
    return back >= 0 && back <= position && in.getInt(at + 4) == sum(in, at, length, position);
  }

  private static int sum(ByteBuffer buffer, int at, int length, long position) {
    CRC32C sum = new CRC32C();
    sum.update(buffer.slice(at + 8, length + 4));
    sum.update(ByteBuffer.allocate(Long.BYTES).putLong(position).flip());
    return (int) sum.getValue();
  }
}
