package io.pulso.server.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/// The 128 bits a message id is compared by: itself when it is a UUID in canonical form, else its
/// hash.
///
/// @param text the id where it is no UUID, else null
record MessageId(long high, long low, @Nullable String text) {
  private static final ThreadLocal<MessageDigest> MD5 = ThreadLocal.withInitial(MessageId::md5);

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java knows MD5", e);
    }
  }

  /// The hash is a name-based UUID without a namespace, as [java.util.UUID#nameUUIDFromBytes] makes
  /// it.
  static MessageId of(String id) {
    if (id.length() == 36
        && id.charAt(8) == '-'
        && id.charAt(13) == '-'
        && id.charAt(18) == '-'
        && id.charAt(23) == '-') {
      long[] bits = {0, 0};
      if (hex(id, 0, 8, bits, 0)
          && hex(id, 9, 13, bits, 0)
          && hex(id, 14, 18, bits, 0)
          && hex(id, 19, 23, bits, 1)
          && hex(id, 24, 36, bits, 1)) {
        return new MessageId(bits[0], bits[1], null);
      }
    }
    ByteBuffer hash = ByteBuffer.wrap(MD5.get().digest(id.getBytes(StandardCharsets.UTF_8)));
    return new MessageId(
        (hash.getLong() & ~0xf000L) | 0x3000L, (hash.getLong() << 2 >>> 2) | 1L << 63, id);
  }

  /// Shifts lower-case hexadecimal digits into a half; false where others stand.
  private static boolean hex(String text, int from, int to, long[] bits, int half) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      int digit;
      if (c >= '0' && c <= '9') {
        digit = c - '0';
      } else if (c >= 'a' && c <= 'f') {
        digit = c - 'a' + 10;
      } else {
        return false;
      }
      bits[half] = (bits[half] << 4) | digit;
    }
    return true;
  }
}
